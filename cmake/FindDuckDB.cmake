# Finds DuckDB's C API (duckdb.h and libduckdb.so) and defines DuckDB::DuckDB.
#
# In this order: DUCKDB_ROOT (cache or environment; headers in include/ or the folder itself, library in lib/ or the folder
# itself), an installed DuckDB, else the pinned files below, which npm brings and SHA-256 checks. They are kept in
# AWASE_DOWNLOAD_DIR (default ~/.cache/awase), so one download serves every build folder.
set(AWASE_DUCKDB_VERSION 1.4.4)
if(CMAKE_SYSTEM_PROCESSOR MATCHES "aarch64|arm64")
  set(AWASE_DUCKDB_LIBRARY_PACKAGE "@duckdb/node-bindings-linux-arm64@1.4.4-r.1")
  set(AWASE_DUCKDB_LIBRARY_SHA256 c8e20af1e0064bdb7bf79af4d16f17ee8be16803bc98a4df58588bed1301c042)
else()
  set(AWASE_DUCKDB_LIBRARY_PACKAGE "@duckdb/node-bindings-linux-x64@1.4.4-r.1")
  set(AWASE_DUCKDB_LIBRARY_SHA256 1ef33048e12235115ac0d277a0aaccbb560e33248144f488b5ac005cd9ba81b5)
endif()
set(AWASE_DUCKDB_HEADER_PACKAGE "duckdb@1.4.4")
set(AWASE_DUCKDB_HEADER_SHA256 cbe6a827284375c5a646b8f27dbd3a00808ce8738b5bbb49c190cb1e08540281)

include(fetch_npm_file)

set(DUCKDB_ROOT "$ENV{DUCKDB_ROOT}" CACHE PATH "A DuckDB to use instead of the pinned one")
find_path(DUCKDB_INCLUDE_DIR duckdb.h HINTS ${DUCKDB_ROOT} PATH_SUFFIXES include)
find_library(DUCKDB_LIBRARY duckdb HINTS ${DUCKDB_ROOT} PATH_SUFFIXES lib)

if(NOT DUCKDB_INCLUDE_DIR OR NOT DUCKDB_LIBRARY)
  set(otherwise "Set DUCKDB_ROOT to a folder with duckdb.h and libduckdb.so to use a DuckDB of your own.")
  set(folder ${AWASE_DOWNLOAD_DIR}/duckdb-${AWASE_DUCKDB_VERSION}-${CMAKE_SYSTEM_PROCESSOR})
  file(MAKE_DIRECTORY ${folder})
  awase_fetch_npm_file(${AWASE_DUCKDB_LIBRARY_PACKAGE} libduckdb.so ${AWASE_DUCKDB_LIBRARY_SHA256}
    ${folder}/libduckdb.so ${otherwise})
  awase_fetch_npm_file(${AWASE_DUCKDB_HEADER_PACKAGE} src/duckdb/src/include/duckdb.h ${AWASE_DUCKDB_HEADER_SHA256}
    ${folder}/duckdb.h ${otherwise})
  set(DUCKDB_INCLUDE_DIR ${folder} CACHE PATH "" FORCE)
  set(DUCKDB_LIBRARY ${folder}/libduckdb.so CACHE FILEPATH "" FORCE)
endif()

include(FindPackageHandleStandardArgs)
find_package_handle_standard_args(DuckDB REQUIRED_VARS DUCKDB_LIBRARY DUCKDB_INCLUDE_DIR)
if(DuckDB_FOUND AND NOT TARGET DuckDB::DuckDB)
  add_library(DuckDB::DuckDB UNKNOWN IMPORTED)
  set_target_properties(DuckDB::DuckDB PROPERTIES
    IMPORTED_LOCATION ${DUCKDB_LIBRARY} INTERFACE_INCLUDE_DIRECTORIES ${DUCKDB_INCLUDE_DIR})
endif()
mark_as_advanced(DUCKDB_INCLUDE_DIR DUCKDB_LIBRARY)
