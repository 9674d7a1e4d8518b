# The compiler, its warnings and its helpers, the same for every target.

if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU" AND CMAKE_CXX_COMPILER_VERSION VERSION_LESS 13)
  message(FATAL_ERROR
    "g++ ${CMAKE_CXX_COMPILER_VERSION} miscompiles coroutines. Use clang-19 (cmake --preset release).")
endif()
if(NOT CMAKE_BUILD_TYPE)
  set(CMAKE_BUILD_TYPE Release CACHE STRING "" FORCE)
endif()

set(CMAKE_CXX_STANDARD 23)
set(CMAKE_CXX_STANDARD_REQUIRED ON)
set(CMAKE_CXX_EXTENSIONS OFF)
set(CMAKE_POSITION_INDEPENDENT_CODE ON)
set(THREADS_PREFER_PTHREAD_FLAG ON)

# CHECK() stays in every build, so NDEBUG only silences third-party asserts.
set(CMAKE_CXX_FLAGS_RELEASE "-O2 -DNDEBUG")
set(CMAKE_CXX_FLAGS_SANITIZE "-O1 -gline-tables-only -fno-omit-frame-pointer")
set(CMAKE_C_FLAGS_SANITIZE "${CMAKE_CXX_FLAGS_SANITIZE}")

add_compile_options(-Wall -Wextra -Werror -Wshadow -Wnon-virtual-dtor -Wold-style-cast
                    -Wno-missing-field-initializers -Wno-gnu-statement-expression)

set(HUSTINGS_SANITIZE "" CACHE STRING "Sanitizers to build with, as clang's -fsanitize= takes them")
if(HUSTINGS_SANITIZE)
  add_compile_options(-fsanitize=${HUSTINGS_SANITIZE} -fno-sanitize-recover=all)
  add_link_options(-fsanitize=${HUSTINGS_SANITIZE})
endif()

find_program(HUSTINGS_CCACHE ccache)
if(HUSTINGS_CCACHE)
  # Paths relative to the checkout, so that two build folders or two clones share what they compile.
  set(launcher ${CMAKE_COMMAND} -E env CCACHE_BASEDIR=${CMAKE_SOURCE_DIR} CCACHE_NOHASHDIR=1
      CCACHE_SLOPPINESS=pch_defines,time_macros ${HUSTINGS_CCACHE})
  set(CMAKE_C_COMPILER_LAUNCHER ${launcher})
  set(CMAKE_CXX_COMPILER_LAUNCHER ${launcher})
endif()
find_program(HUSTINGS_MOLD mold)
if(HUSTINGS_MOLD)
  add_link_options(-fuse-ld=mold)
endif()
