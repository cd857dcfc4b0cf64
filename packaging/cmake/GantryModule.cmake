# SPDX-License-Identifier: GPL-3.0-or-later
# How every target of the project is made: the options they share, modules and tests.

set(CMAKE_CXX_STANDARD 20)
set(CMAKE_CXX_STANDARD_REQUIRED ON)
set(CMAKE_CXX_EXTENSIONS OFF)
set(CMAKE_EXPORT_COMPILE_COMMANDS ON)
set(CMAKE_AUTOMOC ON)
# Several parts of a module in one object would share anonymous namespaces; moc stays per class.
set(CMAKE_AUTOMOC_PATH_PREFIX ON)

find_program(GANTRY_CCACHE ccache)
if(GANTRY_CCACHE)
    set(CMAKE_CXX_COMPILER_LAUNCHER ${GANTRY_CCACHE})
endif()

add_library(gantry_options INTERFACE)
target_include_directories(gantry_options INTERFACE ${PROJECT_SOURCE_DIR})
target_compile_definitions(gantry_options INTERFACE
    QT_NO_KEYWORDS QT_NO_CAST_FROM_ASCII QT_NO_CAST_TO_ASCII QT_NO_FOREACH
    QT_DISABLE_DEPRECATED_BEFORE=0x060400 GANTRY_VERSION="${PROJECT_VERSION}")
target_compile_options(gantry_options INTERFACE
    -Wall -Wextra -Wpedantic -Wshadow -Wnon-virtual-dtor -Woverloaded-virtual -Wcast-align
    -Wnull-dereference -Wimplicit-fallthrough -Wswitch
    $<$<BOOL:${GANTRY_WERROR}>:-Werror>)
# Every test links most of the program: the default linker takes minutes more for all of them.
find_program(GANTRY_LLD ld.lld)
if(GANTRY_TESTS AND GANTRY_LLD)
    target_link_options(gantry_options INTERFACE -fuse-ld=lld)
endif()
if(GANTRY_SANITIZE)
    target_compile_options(gantry_options INTERFACE
        -fsanitize=${GANTRY_SANITIZE} -fno-omit-frame-pointer -fno-sanitize-recover=all)
    target_link_options(gantry_options INTERFACE -fsanitize=${GANTRY_SANITIZE})
    if(GANTRY_SANITIZE MATCHES thread)
        # GCC 12 models no fences under TSan and says so; Qt's own atomics do not use them here.
        target_compile_options(gantry_options INTERFACE -Wno-tsan)
    endif()
endif()

# One precompiled header takes a third off a build from nothing. A build without it shows that each
# file includes what it uses, so this is for machines that keep nothing; people build without.
if(GANTRY_PRECOMPILED)
    file(WRITE ${PROJECT_BINARY_DIR}/precompiled.cpp "")
    add_library(gantry_precompiled OBJECT ${PROJECT_BINARY_DIR}/precompiled.cpp)
    target_link_libraries(gantry_precompiled PRIVATE gantry_options Qt6::Core)
    target_precompile_headers(gantry_precompiled PRIVATE
        <QtCore/QtCore> <algorithm> <array> <functional> <memory> <optional> <string> <variant> <vector>)
endif()
function(gantry_precompile target)
    if(GANTRY_PRECOMPILED)
        target_precompile_headers(${target} REUSE_FROM gantry_precompiled)
    endif()
endfunction()

# gantry_module(NAME SOURCES a.cpp a.h ... [PUBLIC targets...] [PRIVATE targets...])
# A static library with the shared options. Headers are included from the project's root.
function(gantry_module name)
    cmake_parse_arguments(arg "" "" "SOURCES;PUBLIC;PRIVATE" ${ARGN})
    add_library(${name} STATIC ${arg_SOURCES})
    target_link_libraries(${name} PUBLIC gantry_options ${arg_PUBLIC} PRIVATE ${arg_PRIVATE})
    gantry_precompile(${name})
endfunction()

# gantry_test(NAME [SOURCES more.cpp...] LIBS targets... [LABELS labels...] [TIMEOUT seconds])
# NAME.cpp is a Qt Test. It runs offscreen, with a home of its own.
function(gantry_test name)
    cmake_parse_arguments(arg "" "TIMEOUT" "SOURCES;LIBS;LABELS" ${ARGN})
    if(NOT GANTRY_TESTS)
        return()
    endif()
    add_executable(${name} ${name}.cpp ${arg_SOURCES})
    target_link_libraries(${name} PRIVATE tests_support Qt6::Test ${arg_LIBS})
    gantry_precompile(${name})
    add_test(NAME ${name} COMMAND ${name})
    if(NOT arg_TIMEOUT)
        set(arg_TIMEOUT 300)
    endif()
    set_tests_properties(${name} PROPERTIES
        TIMEOUT ${arg_TIMEOUT}
        LABELS "${arg_LABELS}"
        SKIP_REGULAR_EXPRESSION "^SKIPPED WHOLE TEST"
        ENVIRONMENT "QT_QPA_PLATFORM=offscreen;GANTRY_SOURCE_DIR=${PROJECT_SOURCE_DIR};LANG=C.UTF-8")
endfunction()
