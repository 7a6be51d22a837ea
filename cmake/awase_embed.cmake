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

# awase_embed_descriptors(TARGET name SYMBOL symbol PROTOS awase/v1/a.proto …)
#
# Puts what protoc makes of the protos and their imports into the library, comments included: a FileDescriptorSet
# (awase/yaml/proto_comments.h).
function(awase_embed_descriptors)
  cmake_parse_arguments(ARG "" "TARGET;SYMBOL" "PROTOS" ${ARGN})
  set(descriptors ${CMAKE_CURRENT_BINARY_DIR}/${ARG_SYMBOL}.descriptors)
  file(GLOB_RECURSE imported CONFIGURE_DEPENDS ${PROJECT_SOURCE_DIR}/proto/*.proto)
  add_custom_command(OUTPUT ${descriptors}
    COMMAND protobuf::protoc --proto_path=${PROJECT_SOURCE_DIR}/proto --include_source_info --include_imports
      --descriptor_set_out=${descriptors} ${ARG_PROTOS}
    DEPENDS ${imported} VERBATIM)
  awase_embed(TARGET ${ARG_TARGET} SYMBOL ${ARG_SYMBOL} FILE ${descriptors})
endfunction()
