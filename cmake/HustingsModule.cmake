# hustings_module(NAME
#   DEPENDS  ours it may include; tools/check_layers holds the sources to this list
#   LINKS    third-party targets
#   SOURCES  every .cpp, by name
#   SQL      sql/*.sql, embedded as <NAME>/sql.h: file claim_line.sql is sql::kClaimLine
#   TESTS    *_test.cpp, *_prop.cpp: no I/O                 -> <NAME>_test
#   PGTESTS  *_pgtest.cpp: against a real PostgreSQL        -> <NAME>_pgtest
#   TESTLINKS third-party targets that only the tests need)
#
# Makes the library hustings_<NAME>; `#include "<NAME>/header.h"` works for whoever depends on it.
function(hustings_module NAME)
  cmake_parse_arguments(M "" "" "DEPENDS;LINKS;SOURCES;SQL;TESTS;PGTESTS;TESTLINKS" ${ARGN})
  if(M_UNPARSED_ARGUMENTS)
    message(FATAL_ERROR "hustings_module(${NAME}): unknown arguments ${M_UNPARSED_ARGUMENTS}")
  endif()
  set(library hustings_${NAME})
  set(ours "")
  foreach(dependency ${M_DEPENDS})
    list(APPEND ours hustings_${dependency})
  endforeach()

  set(generated "")
  if(M_SQL)
    set(out ${CMAKE_BINARY_DIR}/generated/${NAME})
    set(statements "")
    foreach(file ${M_SQL})
      list(APPEND statements ${CMAKE_CURRENT_SOURCE_DIR}/${file})
    endforeach()
    add_custom_command(
      OUTPUT ${out}/sql.h ${out}/sql.cpp
      COMMAND ${HUSTINGS_NODE} ${CMAKE_SOURCE_DIR}/tools/embed_sql.mjs ${NAME} ${out} ${statements}
      DEPENDS ${CMAKE_SOURCE_DIR}/tools/embed_sql.mjs ${statements}
      COMMENT "Embedding the statements of ${NAME}" VERBATIM)
    set(generated ${out}/sql.cpp ${out}/sql.h)
  endif()

  add_library(${library} STATIC ${M_SOURCES} ${generated})
  target_include_directories(${library} PUBLIC ${CMAKE_SOURCE_DIR}/src)
  target_include_directories(${library} SYSTEM PUBLIC ${CMAKE_BINARY_DIR}/generated)
  target_link_libraries(${library} PUBLIC ${ours} ${M_LINKS} Threads::Threads)

  if(M_TESTS)
    hustings_test(${NAME}_test SOURCES ${M_TESTS} LINKS ${library} ${M_TESTLINKS} LABELS unit)
  endif()
  if(M_PGTESTS)
    hustings_test(${NAME}_pgtest SOURCES ${M_PGTESTS} LINKS ${library} hustings_pg_testing ${M_TESTLINKS}
                  LABELS pg)
  endif()
endfunction()

# hustings_test(NAME SOURCES ... LINKS ... LABELS ...): one GoogleTest program, run as one ctest entry
# in a shuffled order, so that no test leans on another.
function(hustings_test NAME)
  cmake_parse_arguments(T "" "" "SOURCES;LINKS;LABELS" ${ARGN})
  add_executable(${NAME} ${T_SOURCES})
  target_link_libraries(${NAME} PRIVATE ${T_LINKS} GTest::gmock GTest::gtest)
  if(NOT "pg" IN_LIST T_LABELS)
    target_link_libraries(${NAME} PRIVATE GTest::gtest_main)
  endif()
  add_test(NAME ${NAME} COMMAND ${NAME} --gtest_shuffle --gtest_brief=1)
  set_tests_properties(${NAME} PROPERTIES LABELS "${T_LABELS}" TIMEOUT 900
    ENVIRONMENT "HUSTINGS_SQL_RUN_DIR=${CMAKE_BINARY_DIR}/sql_run;TSAN_OPTIONS=second_deadlock_stack=1")
  if("pg" IN_LIST T_LABELS OR "functional" IN_LIST T_LABELS)
    # tests/checks looks at what these leave behind, after all of them.
    set_property(GLOBAL APPEND PROPERTY HUSTINGS_SERVER_TESTS ${NAME})
  endif()
endfunction()
