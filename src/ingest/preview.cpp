#include "ingest/preview.h"

#include <algorithm>
#include <array>
#include <chrono>

#include "base/text.h"
#include "ingest/field_splitter.h"
#include "ingest/first_look.h"
#include "ingest/mapping.h"
#include "ingest/preview_rows.h"
#include "ingest/row_reader.h"
#include "ingest/transforms.h"
#include "normalise/email.h"
#include "normalise/phone.h"

namespace hustings::ingest {
namespace {

constexpr std::size_t kSamples = 5;
constexpr std::size_t kSampleBytes = 60;
constexpr std::array<std::string_view, 9> kNullTokens = {"NULL", "null", "N/A", "NA",  "#N/A",
                                                         "-",    "NaN",  "nan", "None"};

bool is_null(std::string_view text) {
  return std::find(kNullTokens.begin(), kNullTokens.end(), text) != kNullTokens.end();
}

bool is_email(std::string_view text) {
  std::string out;
  return normalise::normalise_email_to(text, out) == normalise::EmailFault::none;
}

bool is_name(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char c) {
    const bool letter = (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || c < 0;
    return letter || c == ' ' || c == '\'' || c == '-' || c == '.';
  });
}

template <class Test>
bool all_are(const std::vector<std::string>& values, const Test& test) {
  return !values.empty() && std::all_of(values.begin(), values.end(), test);
}

std::string date_format_of(const std::vector<std::string>& values) {
  for (const std::string_view format : kDateFormats) {
    if (format == "YYYY") continue;  // any number of four digits would be one
    if (all_are(values, [&](const std::string& text) {
          const auto date = read_date(text, format);
          return date && date->year > 1800 && date->year < 2100;
        })) {
      return std::string(format);
    }
  }
  return "";
}

void infer(const std::vector<std::string>& values, const std::string& home_country,
           PreviewColumn& column) {
  const std::string name = to_lower(column.name);
  const auto named = [&](std::string_view word) { return name.find(word) != std::string::npos; };
  column.format = date_format_of(values);
  if (values.empty()) return;
  if (!column.format.empty()) {
    column.type = "date";
  } else if (all_are(values, is_email)) {
    column.type = "email";
  } else if (named("zip") &&
             all_are(values, [](const std::string& text) { return parse_zip(text).has_value(); })) {
    column.type = "zip";
  } else if (all_are(values, [&](const std::string& text) {
               return text.size() >= 10 &&
                      normalise::callable_phone(text, home_country).has_value();
             })) {
    column.type = "phone";
  } else if (all_are(values, [](const std::string& text) { return parse_int(text).has_value(); })) {
    column.type = "integer";
  } else if (named("name") && all_are(values, is_name)) {
    column.type = "name";
  } else {
    column.type = "text";
  }
}

/// What the layout makes of a column, by place.
std::string target_at(const Layout& layout, const ColumnMap& map, std::int16_t place) {
  for (std::size_t i = 0; i < kTargets; ++i) {
    const auto& pieces = map.pieces[i];
    const bool among = std::find(pieces.begin(), pieces.end(), place) != pieces.end();
    if (map.places[i] == place || among) return std::string(to_string(static_cast<Target>(i)));
  }
  const auto is_at = [&](const std::vector<std::int16_t>& places) {
    return std::find(places.begin(), places.end(), place) != places.end();
  };
  if (is_at(map.mail_lines)) return std::string(to_string(Target::mail_lines));
  if (is_at(map.districts)) return "district";
  for (std::size_t i = 0; i < map.scores.size(); ++i) {
    if (map.scores[i] == place) return "score." + layout.scores[i].name;
  }
  const bool is_wide = std::any_of(map.wide.begin(), map.wide.end(), [&](const WideColumn& wide) {
    return wide.place == place || wide.party_place == place;
  });
  return is_wide ? "vote" : "";
}

/// What a column's name says, by the names that the generic layout knows.
std::string target_by_name(const std::string& name) {
  const Layout generic = find_layout("generic").value();
  const auto has = [&](const std::vector<std::vector<std::string>>& all) {
    return std::any_of(all.begin(), all.end(), [&](const std::vector<std::string>& spellings) {
      return std::any_of(spellings.begin(), spellings.end(),
                         [&](const std::string& one) { return to_lower(one) == name; });
    });
  };
  for (const LayoutColumn& column : generic.columns) {
    if (has(column.names) || has(column.parts)) return std::string(to_string(column.target));
  }
  return "";
}

void add_value(std::string_view field, std::vector<std::string>& values, PreviewColumn& column) {
  const std::string text(trim(field));
  if (text.empty()) {
    ++column.empty;
  } else if (is_null(text)) {
    auto& tokens = column.null_tokens;
    if (std::find(tokens.begin(), tokens.end(), text) == tokens.end()) tokens.push_back(text);
  } else {
    auto& samples = column.samples;
    const std::string sample = text.substr(0, kSampleBytes);
    const bool is_new = std::find(samples.begin(), samples.end(), sample) == samples.end();
    if (is_new && samples.size() < kSamples && is_utf8(sample)) samples.push_back(sample);
    values.push_back(text);
  }
}

/// What the layout takes of a target's text, or how it reads its dates.
std::string choice_of(const Layout& layout, std::string_view target) {
  for (const LayoutColumn& column : layout.columns) {
    if (to_string(column.target) != target) continue;
    if (column.formats.size() == 1) return column.formats.front();
    return column.take == Take::whole ? "" : std::string(to_string(column.take));
  }
  return "";
}

/// What a column of such a file can be, in the order in which layouts name them.
std::vector<std::string> targets_of(LayoutKind kind) {
  std::vector<std::string> out;
  for (std::size_t i = 0; i < kTargets; ++i) {
    if (is_target_of(static_cast<Target>(i), kind))
      out.emplace_back(to_string(static_cast<Target>(i)));
  }
  return out;
}

void add_columns(const FileFormat& format, const Beginning& beginning, FilePreview& out) {
  const Layout& layout = format.layout;
  const ColumnMap& map = format.map;
  VoterReader voters(format);
  std::vector<std::vector<std::string>> values(map.names.size());
  for (const std::string& name : map.names)
    out.columns.push_back({.name = name});
  Arena arena;
  std::vector<std::string_view> fields;
  for (const std::string& line : beginning.lines) {
    if (is_header(map, line)) continue;
    arena.reset();
    const bool cut = map.delimiter == 0
                         ? split_widths(line, map.widths, fields)
                         : split_fields(line, map.delimiter, map.quotes, arena, fields);
    if (!cut || fields.size() != map.names.size()) continue;
    ++out.rows;
    if (layout.kind == LayoutKind::voters && voters.is_hidden({.text = line})) continue;
    for (std::size_t i = 0; i < fields.size(); ++i)
      add_value(fields[i], values[i], out.columns[i]);
  }
  for (std::size_t i = 0; i < values.size(); ++i) {
    PreviewColumn& column = out.columns[i];
    infer(values[i], format.home_country, column);
    column.target = target_at(layout, map, static_cast<std::int16_t>(i));
    column.choice = choice_of(layout, column.target);
    if (!column.target.empty() || layout.kind != LayoutKind::voters) continue;
    column.target = target_by_name(column.name);
    column.is_proposal = !column.target.empty();
  }
}

/// A file that lacks what its layout needs can still be looked at: that is what mapping is for.
ColumnMap map_for_preview(const Layout& layout, const Beginning& beginning) {
  Layout lenient = layout;
  for (LayoutColumn& column : lenient.columns)
    column.is_required = false;
  auto map = map_first_line(lenient, beginning.first_line);
  if (map) return *std::move(map);
  ColumnMap out;
  out.places.fill(ColumnMap::kAbsent);
  out.delimiter = layout.delimiter;
  out.quotes = layout.quotes;
  out.names = split_names(beginning.first_line, layout.delimiter, layout.quotes);
  out.header = trim(beginning.first_line);
  return out;
}

}  // namespace

Result<FilePreview> preview_file(const ImportRequest& request, const std::string& home_country) {
  ImportRequest asked = request;
  asked.parts_may_be_missing = true;
  FilePreview out;
  if (asked.layout.empty() || asked.layout == "auto") {
    out.guesses = TRY(guess_layouts(asked));
    asked.layout = out.guesses.empty() ? "generic" : out.guesses.front().layout;
  }
  const Layout layout = TRY(layout_of(asked));
  Source source = TRY(Source::open(asked, layout));
  for (const SourcePart& part : source.parts())
    out.parts.push_back(part.name);
  out.files_ignored = source.ignored();
  const Beginning beginning = TRY(begin_of(source, source.parts().front(), layout.encoding));
  const ColumnMap map = map_for_preview(layout, beginning);
  out.layout = layout.name;
  out.generation = map.generation;
  out.delimiter = delimiter_name(map.delimiter);
  out.has_header = !map.header.empty();
  const Encoding encoding = beginning.chunk.encoding;
  out.encoding = encoding == Encoding::automatic ? "ascii" : std::string(to_string(encoding));
  out.kind = layout.kind;
  out.source = layout.source;
  out.state = layout.state;
  out.missing = source.missing();
  out.targets = targets_of(layout.kind);
  add_columns({layout, map, {}, home_country}, beginning, out);
  // What an import would say of it, and do with it.
  const auto real = look_at_source(source, layout);
  if (!real) {
    out.refusal = real.error().text();
    return out;
  }
  const auto today = std::chrono::floor<std::chrono::days>(std::chrono::system_clock::now());
  try_rows({layout, real->of_part(0), today, home_country}, beginning, out);
  return out;
}

}  // namespace hustings::ingest
