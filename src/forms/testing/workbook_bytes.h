#pragma once

#include <map>
#include <string>
#include <vector>

/// Workbooks for tests, as spreadsheet programs write them.
namespace hustings::forms::testing {

using Cells = std::vector<std::vector<std::string>>;

/// The parts of a workbook by their names; its words are in shared strings.
std::map<std::string, std::string> parts_of(const std::map<std::string, Cells>& sheets);
std::string zip_of(const std::map<std::string, std::string>& parts);
std::string workbook_of(const std::map<std::string, Cells>& sheets);

}  // namespace hustings::forms::testing
