#include <fmt/format.h>

#include "base/counted.h"
#include "base/text.h"
#include "cli/commands.h"
#include "ingest/mapping.h"
#include "ingest/preview.h"

namespace hustings::cli {
namespace {

/// Key of calling rules -> ISO 3166, as numbers are read.
std::string iso_country(const std::string& key) { return key == "uk" ? "GB" : to_upper(key); }

void print_columns(const ingest::FilePreview& preview) {
  fmt::print("{:<28} {:<8} {:<28} {}\n", "column", "type", "becomes", "samples");
  for (const ingest::PreviewColumn& column : preview.columns) {
    std::string target = column.target.empty() ? "-" : column.target;
    if (column.is_proposal) target = fmt::format("({}?)", target);
    if (!column.choice.empty()) target += ':' + column.choice;
    fmt::print("{:<28} {:<8} {:<28} {}\n", column.name, column.type, target,
               fmt::join(column.samples, " | "));
  }
}

void print_rows(const ingest::FilePreview& preview) {
  fmt::print("\n{} of the first {} would be taken\n", preview.rows_taken,
             counted(preview.rows, "row", "rows"));
  for (const ingest::PreviewRow& row : preview.results) {
    fmt::print("  line {}:", row.line);
    for (const auto& [name, value] : row.fields)
      fmt::print(" {}={};", name, value);
    fmt::print("\n");
  }
  for (const ingest::PreviewProblem& problem : preview.problems) {
    fmt::print("  line {}: {}{}{}\n", problem.line, problem.column,
               problem.column.empty() ? "" : ": ", problem.reason);
  }
}

Status preview(const ImportArguments& arguments) {
  ingest::ImportRequest request{.file = arguments.file,
                                .parts = arguments.parts,
                                .layout = arguments.layout.empty() ? "auto" : arguments.layout};
  for (const std::string& text : arguments.mapping)
    request.mapping.push_back(TRY(ingest::parse_mapping(text)));
  const ingest::FilePreview preview =
      TRY(ingest::preview_file(request, iso_country(arguments.country)));
  fmt::print("layout {}{}{}, {}, {}\n", preview.layout, preview.generation.empty() ? "" : " ",
             preview.generation, preview.delimiter, preview.encoding);
  for (const ingest::LayoutGuess& guess : preview.guesses)
    fmt::print("  {} {:.0f} %: {}\n", guess.layout, guess.fit * 100, guess.why);
  fmt::print("{} to read", counted(std::ssize(preview.parts), "file", "files"));
  if (!preview.missing.empty()) {
    fmt::print("; missing: {}", fmt::join(preview.missing, ", "));
  }
  fmt::print("\nnumbers without a calling code are read as in {} (--country)\n\n",
             iso_country(arguments.country));
  print_columns(preview);
  print_rows(preview);
  if (preview.refusal) fmt::print("\nAn import would be refused: {}\n", *preview.refusal);
  return {};
}

}  // namespace

int preview_file(const ImportArguments& arguments) {
  const Status done = preview(arguments);
  if (done) return 0;
  fmt::print(stderr, "hustings: {}\n", done.error().text());
  return 2;
}

}  // namespace hustings::cli
