# cmake --install build/release --prefix /usr: the binary with its DuckDB, the service of systemd, the protos that
# clients need, and the documentation.
include(GNUInstallDirs)

install(TARGETS awase RUNTIME DESTINATION ${CMAKE_INSTALL_BINDIR})
get_target_property(duckdb_library DuckDB::DuckDB IMPORTED_LOCATION)
if(duckdb_library MATCHES "^/usr/")
  set_target_properties(awase PROPERTIES INSTALL_RPATH "")
else() # pinned, and on no other machine
  install(FILES ${duckdb_library} DESTINATION lib/awase)
  set_target_properties(awase PROPERTIES INSTALL_RPATH "$ORIGIN/../lib/awase")
endif()

install(FILES packaging/awase.service DESTINATION lib/systemd/system)
install(FILES packaging/awase.sysusers DESTINATION lib/sysusers.d RENAME awase.conf)
install(DIRECTORY proto/ DESTINATION ${CMAKE_INSTALL_DATAROOTDIR}/awase/proto FILES_MATCHING PATTERN "*.proto")
install(DIRECTORY examples docs DESTINATION ${CMAKE_INSTALL_DOCDIR} PATTERN "__pycache__" EXCLUDE)
install(FILES packaging/server.yaml DESTINATION ${CMAKE_INSTALL_DOCDIR}/examples)
install(FILES README.md CHANGELOG.md LICENSE DESTINATION ${CMAKE_INSTALL_DOCDIR})
