#pragma once
// One declarative table a section: from it come parsing, defaults, errors with file, line, column and a hint,
// and the example. (Interface sketch; the room fills it.)
//
//   struct SplunkConfig {
//     std::string url;
//     Secret token;
//     std::chrono::milliseconds time_out{60'000};
//   };
//   void describe(Schema<SplunkConfig>& s) {
//     s.field("url", &SplunkConfig::url, "Base URL of the HTTP Event Collector.").required().example("https://…:8088");
//     s.field("token", &SplunkConfig::token, "HEC token.").required();
//     s.field("time_out", &SplunkConfig::time_out, "How long to wait for an answer.").range(1s, 10min);
//   }
