# Compiler, linker and sanitizer settings, and the libraries that rooms ask for by name.
add_library(aitf_flags INTERFACE)
target_compile_options(aitf_flags INTERFACE -Wall -Wextra -Werror -Wshadow -Wnon-virtual-dtor)
target_include_directories(aitf_flags INTERFACE ${CMAKE_SOURCE_DIR}/src ${CMAKE_SOURCE_DIR}/include)
# One translation unit compiles Asio and Beast (src/http/beast.cpp); every other one only declares them.
target_compile_definitions(aitf_flags INTERFACE BOOST_ASIO_SEPARATE_COMPILATION BOOST_BEAST_SEPARATE_COMPILATION)

if(AITF_SANITIZE)
  target_compile_options(aitf_flags INTERFACE -fsanitize=${AITF_SANITIZE} -fno-omit-frame-pointer
                                              -fno-sanitize-recover=all)
  target_link_options(aitf_flags INTERFACE -fsanitize=${AITF_SANITIZE})
endif()

find_program(AITF_CCACHE ccache)
if(AITF_CCACHE)
  set(CMAKE_CXX_COMPILER_LAUNCHER ${AITF_CCACHE})
endif()
find_program(AITF_MOLD mold)
if(AITF_MOLD)
  target_link_options(aitf_flags INTERFACE -fuse-ld=mold)
endif()

find_package(Threads REQUIRED)
find_package(PkgConfig REQUIRED)
find_package(tl-expected CONFIG REQUIRED)
