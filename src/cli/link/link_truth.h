#pragma once

#include <string>
#include <vector>

#include "cli/link/csv_table.h"
#include "cli/link/link_files.h"
#include "linkage/pair_scan.h"

namespace hustings::cli {

/// By row: who it is, as a number; 0 where the column is empty. Rows of all tables in one numbering
/// of people. Ids as Febrl makes them (rec-12-org, rec-12-dup-0) are taken for rec-12.
std::vector<std::vector<std::uint32_t>> read_truth(const std::vector<const CsvTable*>& tables,
                                                   const std::vector<std::size_t>& columns);

/// Of pairs between two files, or within one (`right` null).
Quality judge_pairs(const std::vector<std::uint32_t>& left, const std::vector<std::uint32_t>* right,
                    const std::vector<linkage::RowPair>& pairs);
/// Of all pairs that share a cluster; between two files only pairs across count. `clusters` is by
/// row, the right file's rows after the left one's.
Quality judge_clusters(const std::vector<std::uint32_t>& left,
                       const std::vector<std::uint32_t>* right,
                       const std::vector<std::uint32_t>& clusters);

}  // namespace hustings::cli
