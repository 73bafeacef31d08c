// One pass over the names, then kind by kind.
#include "genai/normalise.hpp"

#include "genai/classify.hpp"
#include "genai/reading.hpp"

namespace aitf::genai {

Operation normalise(const span::Span& span, Arena& arena) {
  Operation operation;
  operation.span = &span;
  Reading reading(span, arena, operation);
  reading.look_up();
  operation.kind = classify(reading);
  if (operation.kind == Kind::not_ai) return operation;
  operation.convention = convention_of(reading);
  if (operation.kind == Kind::internal) return operation;
  reading.collect(operation.kind);
  return operation;
}

}  // namespace aitf::genai
