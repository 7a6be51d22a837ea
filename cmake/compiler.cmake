# Warnings, sanitizers and linker as INTERFACE targets: our code links them, dependencies and generated code do not.
# Nothing here touches CMAKE_CXX_FLAGS.

add_library(awase_warnings INTERFACE)
target_compile_options(awase_warnings INTERFACE
  -Wall -Wextra
  -Wno-missing-field-initializers # designated initialisers with defaults are our way to name optional arguments
  -Wshadow              # a shadowed name is read as the outer one
  -Wconversion          # ids, counts and money are integers of stated width; no silent narrowing
  -Wold-style-cast      # a C cast hides which cast it is
  -Wnon-virtual-dtor
  -Wimplicit-fallthrough
  -Woverloaded-virtual
  $<$<CXX_COMPILER_ID:Clang>:-Wthread-safety> # the annotations of awase/base/mutex.h; g++ does not check them
  -Werror=unused-result # absl::Status is [[nodiscard]]: an ignored error is a bug
  -Werror=return-type)
if(AWASE_WERROR)
  target_compile_options(awase_warnings INTERFACE -Werror)
endif()

add_library(awase_options INTERFACE)
if(AWASE_SANITIZE)
  target_compile_options(awase_options INTERFACE -fsanitize=${AWASE_SANITIZE} -fno-omit-frame-pointer -O1)
  target_link_options(awase_options INTERFACE -fsanitize=${AWASE_SANITIZE})
endif()
find_program(AWASE_MOLD mold)
if(AWASE_MOLD)
  target_link_options(awase_options INTERFACE -fuse-ld=mold) # links in a tenth of the time of GNU ld
endif()

find_program(AWASE_CCACHE ccache)
if(AWASE_CCACHE)
  set(CMAKE_CXX_COMPILER_LAUNCHER ${AWASE_CCACHE})
endif()
