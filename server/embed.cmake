# SPDX-License-Identifier: AGPL-3.0-or-later
# Documents that live in the binary: reply schemas (server/api/schemas), the exercise templates and
# their schema (examples/exercises), the icons (web/icons) for what is printed, the web pages. Each becomes bytes by the assembler's .incbin.
#
#   embedded.h: extern const char *const embedded_schemas[];   name, text, name, text, ..., NULL
#               extern const char *const embedded_exercises[]; the same: file name without .json, text
#               extern const char *const embedded_icons[];     the same: file name without .svg, text
#               extern const struct asset embedded_assets[]; extern const size_t embedded_asset_count;
function(embed_texts SYMBOL OUT_FILE)
  set(TEXT "// Made by server/embed.cmake.\n#include \"embedded.h\"\n")
  set(LIST "")
  set(NUMBER 0)
  foreach(FILE IN LISTS ARGN)
    get_filename_component(NAME "${FILE}" NAME)
    string(REGEX REPLACE "\\.(json|svg)$" "" NAME "${NAME}")
    string(APPEND TEXT "__asm__(\".section .rodata\\n.global ${SYMBOL}_${NUMBER}\\n${SYMBOL}_${NUMBER}:\\n.incbin \\\"${FILE}\\\"\\n.byte 0\\n.previous\\n\");\nextern const char ${SYMBOL}_${NUMBER}[];\n")
    string(APPEND LIST "    \"${NAME}\", ${SYMBOL}_${NUMBER},\n")
    math(EXPR NUMBER "${NUMBER} + 1")
  endforeach()
  string(APPEND TEXT "const char *const ${SYMBOL}[] = {\n${LIST}    0, 0};\n")
  file(CONFIGURE OUTPUT "${OUT_FILE}" CONTENT "${TEXT}" @ONLY)
  set_source_files_properties("${OUT_FILE}" PROPERTIES OBJECT_DEPENDS "${ARGN}")
endfunction()

file(GLOB SCHEMA_FILES CONFIGURE_DEPENDS server/api/schemas/*.json)
file(GLOB EXERCISE_FILES CONFIGURE_DEPENDS examples/exercises/*.json)
embed_texts(embedded_schemas "${GENERATED}/embedded_schemas.c" ${SCHEMA_FILES})
file(GLOB ICON_FILES CONFIGURE_DEPENDS web/icons/*.svg)
embed_texts(embedded_icons "${GENERATED}/embedded_icons.c" ${ICON_FILES})
embed_texts(embedded_exercises "${GENERATED}/embedded_exercises.c" ${EXERCISE_FILES})
file(CONFIGURE OUTPUT "${GENERATED}/embedded.h" CONTENT "// Made by server/embed.cmake.
#ifndef REPERE_EMBEDDED_H
#define REPERE_EMBEDDED_H
#include \"http/server.h\"
extern const char *const embedded_schemas[];
extern const char *const embedded_exercises[];
extern const char *const embedded_icons[];
extern const struct asset embedded_assets[];
extern const size_t embedded_asset_count;
#endif
" @ONLY)

# web/build.mjs bundles web/src into OUT/dist and writes OUT/embedded_assets.c.
if(REPERE_WEB)
  file(GLOB_RECURSE WEB_FILES CONFIGURE_DEPENDS web/src/* web/i18n/* web/icons/* web/styles/* web/*.html web/*.js web/app_icons/* web/*.webmanifest)
  add_custom_command(
    OUTPUT "${GENERATED}/embedded_assets.c"
    COMMAND node build.mjs --out "${GENERATED}"
    WORKING_DIRECTORY "${CMAKE_SOURCE_DIR}/web"
    DEPENDS ${WEB_FILES} web/package.json web/build.mjs web/build_worker.mjs
    COMMENT "Bundling the web pages")
else()
  file(CONFIGURE OUTPUT "${GENERATED}/embedded_assets.c" CONTENT "// Made by server/embed.cmake: no web pages in this build.
#include \"embedded.h\"
const struct asset embedded_assets[1] = {{0}};
const size_t embedded_asset_count = 0;
" @ONLY)
endif()
add_library(embedded STATIC "${GENERATED}/embedded_schemas.c" "${GENERATED}/embedded_exercises.c" "${GENERATED}/embedded_icons.c" "${GENERATED}/embedded_assets.c")
