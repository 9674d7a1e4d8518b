#include "cli/link/link_files.h"

#include <algorithm>
#include <fstream>

#include <fmt/format.h>

#include "base/text.h"
#include "cli/link/column_roles.h"
#include "cli/link/csv_table.h"
#include "cli/link/link_truth.h"
#include "cli/link/people_of.h"
#include "linkage/clusters.h"
#include "linkage/linkage.h"

namespace hustings::cli {
namespace {

namespace fs = std::filesystem;
using linkage::Match;

constexpr std::uint64_t kEveryPairMax = 4'000'000;
constexpr std::uint64_t kPairsOfSmallFiles = 8'000'000;
constexpr std::uint64_t kPairsForEachRow = 25;
constexpr std::uint64_t kPairsOfLargeFiles = 400'000'000;

/// One file: its table, what its columns are, and whose rows they are.
struct Input {
  fs::path file;
  CsvTable table;
  ColumnRoles roles;
  std::optional<std::size_t> id;

  std::string id_of(std::size_t row) const {
    const std::string_view own = id ? table.cell(row, *id) : std::string_view();
    return own.empty() ? std::to_string(row + 1) : std::string(own);
  }
};

Result<std::size_t> column_of(const CsvTable& table, const std::string& name,
                              const std::string& where) {
  const auto& columns = table.columns();
  const auto found = std::find(columns.begin(), columns.end(), name);
  if (found != columns.end()) return static_cast<std::size_t>(found - columns.begin());
  const std::vector<std::string_view> known(columns.begin(), columns.end());
  const std::string_view meant = nearest(name, known);
  return invalid(meant.empty()
                     ? fmt::format("There is no column \"{}\"; the columns are: {}.", name,
                                   join(columns, ", "))
                     : fmt::format("There is no column \"{}\"; did you mean \"{}\"?", name, meant),
                 where);
}

/// A mapping names a column of at least one of the files.
Result<std::vector<Mapping>> read_mappings(const std::vector<std::string>& texts,
                                           const std::vector<Input>& inputs) {
  std::vector<Mapping> mappings;
  for (const std::string& text : texts) {
    mappings.push_back(TRY(parse_mapping(text)));
    const std::string& name = mappings.back().column;
    const bool known = std::any_of(inputs.begin(), inputs.end(), [&](const Input& input) {
      const auto& columns = input.table.columns();
      return std::find(columns.begin(), columns.end(), name) != columns.end();
    });
    if (!known) TRY(column_of(inputs.front().table, name, "--map"));
  }
  return mappings;
}

Result<std::vector<Input>> read_inputs(const LinkArguments& arguments) {
  std::vector<Input> inputs;
  for (const fs::path& file : {arguments.left, arguments.right}) {
    if (file.empty()) continue;
    inputs.push_back({.file = file, .table = TRY(CsvTable::read(file))});
  }
  const auto mappings = TRY(read_mappings(arguments.maps, inputs));
  for (Input& input : inputs) {
    input.roles = infer_roles(input.table, mappings, arguments.truth);
    TRY(check_usable(input.roles, input.file.string()));
    input.id = input.roles.find(Role::id);
  }
  return inputs;
}

std::vector<const CsvTable*> tables_of(const std::vector<Input>& inputs) {
  std::vector<const CsvTable*> tables;
  for (const Input& input : inputs)
    tables.push_back(&input.table);
  return tables;
}

void describe_columns(const Input& input, const ExtraColumns& extras, std::string& out) {
  std::vector<std::string> parts;
  for (std::size_t i = 0; i < input.roles.roles.size(); ++i) {
    const Role role = input.roles.roles[i];
    const std::string& name = input.table.columns()[i];
    const bool left_out = role >= Role::text && std::find(extras.names.begin(), extras.names.end(),
                                                          name) == extras.names.end();
    if (role != Role::ignore && !left_out)
      parts.push_back(fmt::format("{}={}", to_string(role), name));
  }
  out += fmt::format("{}{}: {}", out.empty() ? "" : "\n", input.file.filename().string(),
                     join(parts, ", "));
}

linkage::RuleBudget budget_for(std::uint64_t rows) {
  return {.pairs = std::clamp(rows * kPairsForEachRow, kPairsOfSmallFiles, kPairsOfLargeFiles),
          .every_pair = kEveryPairMax};
}

/// A field of a CSV file, quoted where it must be.
std::string csv_field(std::string_view text) {
  if (text.find_first_of(",\"\n\r") == std::string_view::npos) return std::string(text);
  std::string out = "\"";
  for (const char c : text) {
    if (c == '"') out += '"';
    out += c;
  }
  return out + '"';
}

Result<void> write_file(const fs::path& file, const std::string& text) {
  std::ofstream stream(file, std::ios::binary | std::ios::trunc);
  stream.write(text.data(), static_cast<std::streamsize>(text.size()));
  stream.close();
  if (!stream) {
    return refuse(ErrorCode::unavailable, "The file cannot be written; is there room, may you?",
                  file.string());
  }
  return {};
}

/// One run, from tables to files.
class Run {
 public:
  Run(const LinkArguments& arguments, std::vector<Input> inputs, int this_year)
      : arguments_(arguments),
        inputs_(std::move(inputs)),
        extras_(common_extras(tables_of(inputs_), roles())) {
    for (std::size_t file = 0; file < inputs_.size(); ++file) {
      files_.push_back(
          people_of(inputs_[file].table, inputs_[file].roles, extras_, file, words_, this_year));
    }
  }

  Result<LinkOutcome> work() {
    outcome_.rows_left = files_.front().size();
    outcome_.rows_right = other() == nullptr ? 0 : other()->size();
    for (const Input& input : inputs_)
      describe_columns(input, extras_, outcome_.columns);
    add_notes();
    const auto linked = TRY(linked_files());
    outcome_.pairs_compared = linked.pairs_compared;
    outcome_.expected_matches = linked.estimated_matches;
    const auto matches = at_threshold(linked.matches);
    outcome_.pairs = matches.size();
    const auto clusters = TRY(clusters_of(matches));
    std::error_code error;
    fs::create_directories(arguments_.folder, error);
    TRY(write_file(arguments_.folder / "pairs.csv", pairs_text(linked.model, matches)));
    TRY(write_file(arguments_.folder / "clusters.csv", clusters_text(clusters.of_row)));
    TRY(judge(matches, clusters.of_row));
    return outcome_;
  }

 private:
  const linkage::Records* other() const { return files_.size() > 1 ? &files_[1] : nullptr; }

  std::vector<ColumnRoles> roles() const {
    std::vector<ColumnRoles> all;
    for (const Input& input : inputs_)
      all.push_back(input.roles);
    return all;
  }

  void add_notes() {
    for (const Input& input : inputs_) {
      if (input.table.uneven_rows() == 0) continue;
      outcome_.notes.push_back(fmt::format(
          "{}: {} rows have more or fewer fields than the header.", input.file.filename().string(),
          with_thousands(static_cast<std::int64_t>(input.table.uneven_rows()))));
    }
    if (extras_.left_out.empty()) return;
    outcome_.notes.push_back(
        "Not compared, since there are too many columns: " + join(extras_.left_out, ", ") + ".");
  }

  Result<linkage::Linkage> linked_files() const {
    const linkage::Records& left = files_.front();
    const std::uint64_t rows = left.size() + outcome_.rows_right;
    linkage::LinkOptions options{.threads = arguments_.threads,
                                 .keep_at = std::min(arguments_.threshold, 0.01),
                                 .one_to_one = arguments_.one_to_one};
    options.keep_at = std::max(options.keep_at, 1e-6);
    options.rules = linkage::choose_rules(left, other(), budget_for(rows), arguments_.threads);
    if (options.rules.empty()) {
      return invalid("No two rows have enough in common to be compared; are the columns right?");
    }
    return other() == nullptr ? linkage::dedupe(left, options)
                              : linkage::link(left, *other(), options);
  }

  std::vector<Match> at_threshold(const std::vector<Match>& all) const {
    std::vector<Match> matches;
    for (const Match& match : all) {
      if (match.probability >= arguments_.threshold) matches.push_back(match);
    }
    return matches;
  }

  Result<linkage::Clusters> clusters_of(const std::vector<Match>& matches) {
    const auto offset = static_cast<std::uint32_t>(other() == nullptr ? 0 : files_.front().size());
    std::vector<linkage::LikelyPair> pairs;
    for (const Match& match : matches) {
      pairs.push_back({.rows = {.left = match.rows.left, .right = match.rows.right + offset},
                       .probability = match.probability});
    }
    auto clusters = TRY(
        linkage::find_clusters(files_.front().size() + outcome_.rows_right, std::move(pairs), {}));
    std::vector<std::uint32_t> sizes(clusters.of_row.size());
    for (const std::uint32_t cluster : clusters.of_row) {
      if (++sizes[cluster] == 2) ++outcome_.clusters;
    }
    return clusters;
  }

  std::string pairs_text(const linkage::Model& model, const std::vector<Match>& matches) const {
    std::string text = "id_left,id_right,probability,bits,bits_of_prior";
    for (const auto& evidence : model.explain(linkage::Pattern(), extras_.names))
      text += "," + csv_field("bits_of_" + evidence.field);
    text += ",bits_of_rarity\n";
    const Input& right = inputs_.back();
    for (const Match& match : matches) {
      text +=
          fmt::format("{},{},{:.6f},{:.2f},{:.2f}", csv_field(inputs_[0].id_of(match.rows.left)),
                      csv_field(right.id_of(match.rows.right)), match.probability, match.log_odds,
                      model.prior_bits());
      for (const auto& evidence : model.explain(match.pattern, extras_.names))
        text += fmt::format(",{:.2f}", evidence.bits);
      text += fmt::format(",{:.2f}\n", match.frequency_bits);
    }
    return text;
  }

  std::string clusters_text(const std::vector<std::uint32_t>& of_row) const {
    const bool two = inputs_.size() > 1;
    std::string text = two ? "file,id,cluster\n" : "id,cluster\n";
    std::size_t row = 0;
    for (std::size_t file = 0; file < inputs_.size(); ++file) {
      for (std::size_t i = 0; i < inputs_[file].table.rows(); ++i, ++row) {
        if (two) text += file == 0 ? "left," : "right,";
        text += fmt::format("{},{}\n", csv_field(inputs_[file].id_of(i)), of_row[row] + 1);
      }
    }
    return text;
  }

  Result<void> judge(const std::vector<Match>& matches, const std::vector<std::uint32_t>& of_row) {
    if (arguments_.truth.empty()) return {};
    std::vector<std::size_t> columns;
    for (const Input& input : inputs_)
      columns.push_back(TRY(column_of(input.table, arguments_.truth, "--truth")));
    const auto truth = read_truth(tables_of(inputs_), columns);
    const auto* right = truth.size() > 1 ? &truth[1] : nullptr;
    std::vector<linkage::RowPair> pairs;
    for (const Match& match : matches)
      pairs.push_back(match.rows);
    outcome_.of_pairs = judge_pairs(truth[0], right, pairs);
    outcome_.of_clusters = judge_clusters(truth[0], right, of_row);
    return {};
  }

  const LinkArguments& arguments_;
  const std::vector<Input> inputs_;
  const ExtraColumns extras_;
  linkage::Words words_;
  std::vector<linkage::Records> files_;
  LinkOutcome outcome_;
};

}  // namespace

Result<LinkOutcome> link_files(const LinkArguments& arguments, int this_year) {
  std::vector<Input> inputs = TRY(read_inputs(arguments));
  if (!arguments.truth.empty()) {
    for (const Input& input : inputs)
      TRY(column_of(input.table, arguments.truth, "--truth"));
  }
  return Run(arguments, std::move(inputs), this_year).work();
}

}  // namespace hustings::cli
