#pragma once

#include <string>
#include <string_view>

/// CSV (RFC 4180) as this program writes it for people, who open it in a spreadsheet.
namespace hustings {

/// Appends a cell, in quotes where it must be. What a spreadsheet would take for a formula (it
/// begins with = + - @, a tab or a line end, and is no number) gets an apostrophe before it, so
/// that whoever wrote the value into a file of ours runs nothing on the reader's computer.
void append_csv_cell(std::string& out, std::string_view text);

}  // namespace hustings
