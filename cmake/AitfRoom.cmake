# A room is one static library aitf_<name>, made from src/<room>. tests/architecture checks what it may include.

# In the order of the data; a room may use those before it.
set(AITF_ROOMS
    base span config http otlp genai ocsf journal observe deliver
    destinations/jsonl destinations/splunk
    receive/otlp_http receive/files daemon)

# aitf_room(name SOURCES a.cpp… [TESTS a_test.cpp…] [USES other_room…] [LIBS library…])
#   USES  rooms whose headers this room includes
#   LIBS  outside libraries, private to the room
function(aitf_room name)
  cmake_parse_arguments(ROOM "" "" "SOURCES;TESTS;USES;LIBS" ${ARGN})
  list(TRANSFORM ROOM_USES PREPEND aitf_)
  if(ROOM_SOURCES)
    add_library(aitf_${name} STATIC ${ROOM_SOURCES})
    target_link_libraries(aitf_${name} PUBLIC aitf_flags tl::expected ${ROOM_USES} PRIVATE ${ROOM_LIBS})
  else()
    add_library(aitf_${name} INTERFACE)
    target_link_libraries(aitf_${name} INTERFACE aitf_flags tl::expected ${ROOM_USES})
  endif()
  if(ROOM_TESTS AND AITF_TESTS)
    aitf_test(aitf_${name}_test SOURCES ${ROOM_TESTS} USES ${name} LIBS ${ROOM_LIBS})
  endif()
endfunction()

# aitf_test(target SOURCES a_test.cpp… [USES room…] [LIBS library…])
function(aitf_test target)
  cmake_parse_arguments(TEST "" "" "SOURCES;USES;LIBS" ${ARGN})
  list(TRANSFORM TEST_USES PREPEND aitf_)
  find_package(GTest REQUIRED)
  include(GoogleTest)
  add_executable(${target} ${TEST_SOURCES})
  target_link_libraries(${target} PRIVATE ${TEST_USES} ${TEST_LIBS} GTest::gtest GTest::gmock GTest::gtest_main)
  target_compile_definitions(${target} PRIVATE AITF_TEST_DATA="${CMAKE_SOURCE_DIR}/tests/data")
  gtest_discover_tests(${target} DISCOVERY_MODE PRE_TEST PROPERTIES TIMEOUT 120)
endfunction()
