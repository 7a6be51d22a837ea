# awase_embed(TARGET name SYMBOL symbol FILE file)
#
# Puts the bytes of `file` into the library: its sources see them as awase_embedded_<symbol> … awase_embedded_<symbol>_end.
# By the assembler, since a string literal of half a megabyte takes the compiler long.
function(awase_embed)
  cmake_parse_arguments(ARG "" "TARGET;SYMBOL;FILE" "" ${ARGN})
  get_filename_component(file ${ARG_FILE} ABSOLUTE)
  set(source ${CMAKE_CURRENT_BINARY_DIR}/embedded_${ARG_SYMBOL}.cc)
  set(symbol awase_embedded_${ARG_SYMBOL})
  file(CONFIGURE OUTPUT ${source} @ONLY CONTENT [[
__asm__(
    ".section .rodata\n"
    ".globl @symbol@\n.hidden @symbol@\n.globl @symbol@_end\n.hidden @symbol@_end\n"
    "@symbol@:\n.incbin \"@file@\"\n@symbol@_end:\n.byte 0\n"
    ".previous\n");
]])
  target_sources(${ARG_TARGET} PRIVATE ${source})
  set_property(SOURCE ${source} APPEND PROPERTY OBJECT_DEPENDS ${file})
endfunction()
