#include "ingest/detect.h"

#include <algorithm>
#include <chrono>
#include <filesystem>
#include <optional>
#include <system_error>

#include <fmt/format.h>

#include "ingest/first_look.h"
#include "ingest/row_reader.h"

namespace hustings::ingest {
namespace {

/// Below this a guess is none.
constexpr double kFitMin = 0.5;
/// A layout that a state or a vendor has made fits better than the one that takes everything.
constexpr double kMappedShare = 0.5;

/// How many of the sampled rows the layout can read.
std::size_t readable(const FileFormat& format, const std::vector<std::string>& lines,
                     std::size_t& rows) {
  VoterReader voters(format);
  HistoryReader history(format);
  ScoreReader scores(format);
  std::size_t out = 0;
  for (const std::string& text : lines) {
    if (is_header(format.map, text)) continue;
    ++rows;
    RowProblem problem;
    const Line line{.text = text};
    bool ok = false;
    if (format.layout.kind == LayoutKind::voters) {
      registry::VoterRow row;
      ok = voters.read(line, row, problem);
    } else if (format.layout.kind == LayoutKind::history) {
      HistoryRow row;
      ok = history.read(line, row, problem) || problem.is_skipped;
    } else {
      ScoresRow row;
      ok = scores.read(line, row, problem);
    }
    out += ok ? 1 : 0;
  }
  return out;
}

std::optional<LayoutGuess> guess(const ImportRequest& request, const Layout& layout) {
  auto source = Source::open(request, layout);
  if (!source) return std::nullopt;
  const auto map = look_at_source(*source, layout);
  if (!map) return std::nullopt;
  const auto beginning = begin_of(*source, source->parts().front(), layout.encoding);
  if (!beginning) return std::nullopt;
  const auto today = std::chrono::floor<std::chrono::days>(std::chrono::system_clock::now());
  std::size_t rows = 0;
  const std::size_t read = readable({layout, map->of_part(0), today}, beginning->lines, rows);
  const std::size_t columns = map->of_part(0).names.size();
  const std::size_t known = columns - map->of_part(0).unknown.size();
  const double of_columns = static_cast<double>(known) / static_cast<double>(columns);
  const double of_rows = rows == 0 ? 1 : static_cast<double>(read) / static_cast<double>(rows);
  const double share = layout.is_mapped ? kMappedShare : 1;
  return LayoutGuess{
      .layout = layout.name,
      .generation = map->of_part(0).generation,
      .fit = share * of_columns * of_rows,
      .why = fmt::format("{} of {} columns are known; {} of the first {} rows can be "
                         "read",
                         known, columns, read, rows)};
}

}  // namespace

Result<std::vector<LayoutGuess>> guess_layouts(const ImportRequest& request) {
  ImportRequest asked = request;
  asked.parts_may_be_missing = true;
  std::error_code error;
  if (!std::filesystem::is_directory(asked.file, error)) {
    Source source = TRY(Source::open(asked.file));
    if (source.parts().size() == 1) {
      TRY(begin_of(source, source.parts().front(), Encoding::automatic));
    }
  }
  std::vector<LayoutGuess> out;
  for (const Layout& layout : built_in_layouts()) {
    if (auto one = guess(asked, layout)) out.push_back(*std::move(one));
  }
  std::sort(out.begin(), out.end(),
            [](const LayoutGuess& a, const LayoutGuess& b) { return a.fit > b.fit; });
  return out;
}

Result<Layout> detect_layout(const ImportRequest& request) {
  const auto guesses = TRY(guess_layouts(request));
  if (!guesses.empty() && guesses.front().fit >= kFitMin)
    return find_layout(guesses.front().layout);
  return invalid(
      guesses.empty()
          ? std::string("No known layout can read this file. Choose the layout 'generic' and say "
                        "which column is which.")
          : fmt::format(
                "No known layout fits this file well. The nearest is '{}': {}. Name it if it "
                "is the right one, or map the columns with the layout 'generic'.",
                guesses.front().layout, guesses.front().why),
      "layout");
}

}  // namespace hustings::ingest
