# awase_proto_library(NAME x PROTOS a.proto ... [DEPS ...])        messages: a.pb.h
# awase_grpc_library(NAME x PROTOS a.proto ... DEPS awase::proto_y)  service stubs: a.grpc.pb.h
#
# Generate C++ for protos of the calling folder into the build tree. Generated code gets none of our warnings.
function(awase_proto_library)
  cmake_parse_arguments(ARG "" "NAME" "PROTOS;DEPS" ${ARGN})
  set(target awase_proto_${ARG_NAME})
  add_library(${target} STATIC ${ARG_PROTOS})
  add_library(awase::proto_${ARG_NAME} ALIAS ${target})
  target_include_directories(${target} SYSTEM PUBLIC ${CMAKE_CURRENT_BINARY_DIR})
  target_link_libraries(${target} PUBLIC protobuf::libprotobuf ${ARG_DEPS} PRIVATE awase_options)
  # Protos elsewhere (in tests) may import ours.
  protobuf_generate(TARGET ${target} LANGUAGE cpp IMPORT_DIRS ${CMAKE_CURRENT_SOURCE_DIR} ${PROJECT_SOURCE_DIR}/proto
    PROTOC_OUT_DIR ${CMAKE_CURRENT_BINARY_DIR})
endfunction()

function(awase_grpc_library)
  cmake_parse_arguments(ARG "" "NAME" "PROTOS;DEPS" ${ARGN})
  set(target awase_proto_${ARG_NAME})
  add_library(${target} STATIC ${ARG_PROTOS})
  add_library(awase::proto_${ARG_NAME} ALIAS ${target})
  target_include_directories(${target} SYSTEM PUBLIC ${CMAKE_CURRENT_BINARY_DIR})
  target_link_libraries(${target} PUBLIC gRPC::grpc++ ${ARG_DEPS} PRIVATE awase_options)
  protobuf_generate(TARGET ${target} LANGUAGE grpc IMPORT_DIRS ${CMAKE_CURRENT_SOURCE_DIR}
    PROTOC_OUT_DIR ${CMAKE_CURRENT_BINARY_DIR} GENERATE_EXTENSIONS .grpc.pb.h .grpc.pb.cc
    PLUGIN "protoc-gen-grpc=$<TARGET_FILE:gRPC::grpc_cpp_plugin>")
endfunction()
