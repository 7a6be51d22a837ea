# The chart library of the training report (docs/adr/0008-the-report-is-one-page.md): pinned files of npm packages, which
# npm brings and SHA-256 checks, kept in AWASE_DOWNLOAD_DIR. AWASE_CHART_FOLDER becomes the folder that holds them.
# Nothing of them is in the repository; awase_embed puts them into the binary.
include(fetch_npm_file)
set(AWASE_CHART_ROOT "$ENV{AWASE_CHART_ROOT}" CACHE PATH "A folder with the chart library's files, instead of fetching them")
set(AWASE_CHART_FOLDER ${AWASE_CHART_ROOT})
if(NOT AWASE_CHART_FOLDER)
  set(AWASE_CHART_FOLDER ${AWASE_DOWNLOAD_DIR}/charts-d3-7.9.2-plot-0.6.17)
  file(MAKE_DIRECTORY ${AWASE_CHART_FOLDER})
endif()

# awase_chart_file(name sha256 package path_in_package)
function(awase_chart_file name sha256 package path_in_package)
  awase_fetch_npm_file(${package} ${path_in_package} ${sha256} ${AWASE_CHART_FOLDER}/${name}
    "Set AWASE_CHART_ROOT to a folder that has the files named in cmake/ChartLibrary.cmake.")
endfunction()

awase_chart_file(d3.min.js 912111098ea99503a6f4967361d2bbdc9dbf58cf9c678c8e27e5b02d1a07f0c1 d3@7.9.2 dist/d3.min.js)
awase_chart_file(plot.umd.min.js 4358086467740777dd788d6b27a95cebdbaefdd50c730a3060117073bd7134cb
  @observablehq/plot@0.6.17 dist/plot.umd.min.js)
# What the two say of their use, and what Plot has inside.
awase_chart_file(d3.LICENSE 2a6d2d5f32ba0b755ddbc1c833f766e30cdbe6ebe9a6d4e3e24427721f0b63d3 d3@7.9.2 LICENSE)
awase_chart_file(plot.LICENSE 4b295e011e0e046170041b5b46f1349393aeceb95797793a55bd21dbb543363a
  @observablehq/plot@0.6.17 LICENSE)
awase_chart_file(isoformat.LICENSE 9ea8903938dab5f12c4572d60725069bec2d1b0dc3bcc210b09bae946a5ebb1f isoformat@0.2.1 LICENSE)
awase_chart_file(interval-tree-1d.LICENSE e67aed7df22dc8031e4fcf5338fe91cb33e3817e5c58a99a2a2802eea9069791
  interval-tree-1d@1.0.4 LICENSE)
awase_chart_file(binary-search-bounds.LICENSE f2b10f2958d2724d6df0f16b1ea25d32cd7e6333ce88ac3c5cdff37c2c4222b8
  binary-search-bounds@2.0.5 LICENSE)
