#include "forms/testing/workbook_bytes.h"

#include <archive.h>
#include <archive_entry.h>

#include <fmt/format.h>

namespace hustings::forms::testing {
namespace {

std::string escaped(const std::string& text) {
  std::string out;
  for (const char c : text) {
    if (c == '<' || c == '&') {
      out += c == '<' ? "&lt;" : "&amp;";
    } else {
      out += c;
    }
  }
  return out;
}

}  // namespace

std::string zip_of(const std::map<std::string, std::string>& parts) {
  std::size_t most = 1 << 16;
  for (const auto& [name, text] : parts)
    most += text.size() + name.size() + 1024;
  std::string bytes(most, '\0');
  std::size_t used = 0;
  archive* writer = archive_write_new();
  archive_write_set_format_zip(writer);
  archive_write_open_memory(writer, bytes.data(), bytes.size(), &used);
  for (const auto& [name, text] : parts) {
    archive_entry* entry = archive_entry_new();
    archive_entry_set_pathname(entry, name.c_str());
    archive_entry_set_size(entry, static_cast<la_int64_t>(text.size()));
    archive_entry_set_filetype(entry, AE_IFREG);
    archive_entry_set_perm(entry, 0644);
    archive_write_header(writer, entry);
    archive_write_data(writer, text.data(), text.size());
    archive_entry_free(entry);
  }
  archive_write_close(writer);
  archive_write_free(writer);
  bytes.resize(used);
  return bytes;
}

std::map<std::string, std::string> parts_of(const std::map<std::string, Cells>& sheets) {
  std::map<std::string, std::string> parts;
  std::string names;
  std::string files;
  std::string strings;
  int count = 0;
  int sheet = 0;
  for (const auto& [name, rows] : sheets) {
    ++sheet;
    names += fmt::format(R"(<sheet name="{}" sheetId="{}" r:id="r{}"/>)", name, sheet, sheet);
    files += fmt::format(R"(<Relationship Id="r{0}" Target="worksheets/sheet{0}.xml"/>)", sheet);
    std::string body;
    for (std::size_t r = 0; r < rows.size(); ++r) {
      body += fmt::format(R"(<row r="{}">)", r + 1);
      for (std::size_t c = 0; c < rows[r].size(); ++c) {
        if (rows[r][c].empty()) continue;
        body += fmt::format(R"(<c r="{}{}" t="s"><v>{}</v></c>)",
                            static_cast<char>('A' + static_cast<int>(c)), r + 1, count++);
        strings += "<si><t>" + escaped(rows[r][c]) + "</t></si>";
      }
      body += "</row>";
    }
    parts[fmt::format("xl/worksheets/sheet{}.xml", sheet)] =
        "<?xml version=\"1.0\"?><x:worksheet><sheetData>" + body + "</sheetData></x:worksheet>";
  }
  parts["xl/workbook.xml"] = "<workbook><sheets>" + names + "</sheets></workbook>";
  parts["xl/_rels/workbook.xml.rels"] = "<Relationships>" + files + "</Relationships>";
  parts["xl/sharedStrings.xml"] = "<sst>" + strings + "</sst>";
  return parts;
}

std::string workbook_of(const std::map<std::string, Cells>& sheets) {
  return zip_of(parts_of(sheets));
}

}  // namespace hustings::forms::testing
