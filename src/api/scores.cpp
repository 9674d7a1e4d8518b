#include <set>

#include <fmt/format.h>

#include "api/imports.h"
#include "api/paging.h"
#include "api/upload_store.h"
#include "ingest/importer.h"

namespace hustings::api {
namespace {

struct NamedScore {
  std::string name;
  double value = 0;
  static Fields fields() {
    return {field("name", &NamedScore::name, "Small letters, digits, underscores: climate.",
                  {.min_length = 1, .max_length = 40}),
            field("value", &NamedScore::value, "Any number.", {.min = -1e9, .max = 1e9})};
  }
};

struct ScoreRowShape {
  static constexpr std::string_view kName = "ScoreRow";
  std::string external_id;
  std::optional<double> support;
  std::optional<double> turnout;
  std::optional<double> persuadability;
  std::vector<NamedScore> other;
  static Fields fields() {
    const Limits score{.min = 0, .max = 100};
    return {field("external_id", &ScoreRowShape::external_id, "The voter's id in the source.",
                  {.min_length = 1, .max_length = 100}),
            field("support", &ScoreRowShape::support, "0 to 100.", score),
            field("turnout", &ScoreRowShape::turnout, "0 to 100.", score),
            field("persuadability", &ScoreRowShape::persuadability, "0 to 100.", score),
            field("other", &ScoreRowShape::other, "Further scores by name.",
                  {.max_items = 50, .has_default = true})};
  }
};

struct ScoreRunShape {
  static constexpr std::string_view kName = "ScoreRun";
  ImportId id;
  std::string run;
  std::string state;
  std::int64_t rows = 0;
  std::int64_t voters_new = 0;
  std::int64_t voters_changed = 0;
  std::int64_t unknown_ids = 0;
  bool is_repeat = false;
  std::optional<std::string> error;
  Instant at;
  static Fields fields() {
    return {
        field("id", &ScoreRunShape::id, "The run: an import, which can be undone as any."),
        field("run", &ScoreRunShape::run, "What people call it."),
        field("state", &ScoreRunShape::state,
              "running, published, failed, cancelled, tried or undone."),
        field("rows", &ScoreRunShape::rows, "Rows that it held."),
        field("voters_new", &ScoreRunShape::voters_new, "Voters who had no scores."),
        field("voters_changed", &ScoreRunShape::voters_changed,
              "Voters whose scores are others since."),
        field("unknown_ids", &ScoreRunShape::unknown_ids, "Rows of ids that no voter file has."),
        field("repeat", &ScoreRunShape::is_repeat,
              "The same rows came before, as this run: nothing was done."),
        field("error", &ScoreRunShape::error, "Why it failed."),
        field("at", &ScoreRunShape::at, "When it began.")};
  }
};

ScoreRunShape shape_of(const ingest::Import& import) {
  ScoreRunShape out{.id = import.id,
                    .run = import.run_name.empty() ? import.file_name : import.run_name,
                    .state = std::string(to_string(import.state)),
                    .rows = import.counts.rows_read,
                    .voters_new = import.counts.rows_new,
                    .voters_changed = import.counts.rows_changed,
                    .unknown_ids = 0,
                    .is_repeat = false,
                    .error = import.error,
                    .at = import.started_at};
  for (const ingest::ImportWarning& warning : import.warnings) {
    if (warning.kind == "orphans") out.unknown_ids += warning.count;
  }
  return out;
}

void append_quoted(std::string& out, std::string_view text) {
  out += '"';
  for (const char c : text) {
    if (c == '"') out += '"';
    out += c == '\n' || c == '\r' ? ' ' : c;
  }
  out += '"';
}

void append_number(std::string& out, const std::optional<double>& value) {
  out += ',';
  if (value) fmt::format_to(std::back_inserter(out), "{}", *value);
}

/// The rows as the file that they could have come in, so that there is one way for scores to come.
class ScoreFile {
 public:
  explicit ScoreFile(const std::vector<ScoreRowShape>& rows) {
    for (const ScoreRowShape& row : rows) {
      for (const NamedScore& score : row.other)
        names_.insert(score.name);
    }
    text_ = "external_id,support,turnout,persuadability";
    for (const std::string& name : names_)
      text_ += ",score." + name;
    text_ += '\n';
    for (const ScoreRowShape& row : rows)
      append(row);
  }
  const std::string& text() const { return text_; }
  std::vector<std::pair<std::string, std::string>> mapping(const std::string& source) const {
    std::vector<std::pair<std::string, std::string>> out = {{"source", "=" + source},
                                                            {"external_id", "external_id"},
                                                            {"support", "support"},
                                                            {"turnout", "turnout"},
                                                            {"persuadability", "persuadability"}};
    for (const std::string& name : names_)
      out.emplace_back("score." + name, "score." + name);
    return out;
  }

 private:
  void append(const ScoreRowShape& row) {
    append_quoted(text_, row.external_id);
    append_number(text_, row.support);
    append_number(text_, row.turnout);
    append_number(text_, row.persuadability);
    for (const std::string& name : names_) {
      std::optional<double> value;
      for (const NamedScore& score : row.other) {
        if (score.name == name) value = score.value;
      }
      append_number(text_, value);
    }
    text_ += '\n';
  }

  std::set<std::string> names_;
  std::string text_;
};

struct PutScores {
  struct Input {
    std::string run;
    std::string source;
    std::vector<ScoreRowShape> rows;
    static Fields fields() {
      return {field("run", &Input::run, "What people call this run.",
                    {.min_length = 1, .max_length = 100}),
              field("source", &Input::source, "Whose ids the rows have: nc.",
                    {.min_length = 1, .max_length = 40}),
              field("rows", &Input::rows, "Larger sets come as a file, by an import.",
                    {.max_items = 10'000})};
    }
  };
  using Output = ScoreRunShape;
  static Spec spec() {
    return {.method = "POST",
            .path = "/v1/scores",
            .name = "put_scores",
            .summary = "Adds a run of scores; the newest run that has a score of a voter counts.",
            .permission = Permission::registry_write,
            .status = 201};
  }
  static Result<Output> call(Context& context, const Input& input) {
    if (input.rows.empty()) return invalid("A run has a row at least.", "rows");
    const ScoreFile file(input.rows);
    UploadStore uploads(upload_folder(context.services().config));
    TRY(uploads.check_room());
    const std::string token = uploads.keep_text(file.text(), "scores.csv");
    const auto kept = TRY(uploads.find(token));
    ingest::Importer& importer = context.services().importer;
    const auto started = importer.start({.file = kept.path,
                                         .mapping = file.mapping(input.source),
                                         .file_name = kept.path.filename().string(),
                                         .layout = "scores",
                                         .actor = context.actor(),
                                         .sha256 = kept.sha256,
                                         .run_name = input.run,
                                         .may_restart = true,
                                         .remove_after = uploads.folder_of(token)});
    if (!started || started->is_repeat) uploads.remove(token);
    if (!started) {
      Error error = started.error();
      if (error.where == "mapping") error.where = "rows";
      return std::unexpected(std::move(error));
    }
    ScoreRunShape out = shape_of(TRY(importer.wait(started->id)));
    out.is_repeat = started->is_repeat;
    return out;
  }
};

struct ListScoreRuns {
  using Input = PageQuery<ImportId>;
  using Output = Page<ScoreRunShape>;
  static Spec spec() {
    return {.method = "GET",
            .path = "/v1/scores/runs",
            .name = "list_score_runs",
            .summary = "The runs of scores, newest first.",
            .permission = Permission::registry_read};
  }
  static Result<Output> call(Context& context, const Input& input) {
    const auto before = TRY(input.before());
    auto runs = context.services().importer.list(before, static_cast<int>(input.limit) + 1,
                                                 context.deadline(), ingest::LayoutKind::scores);
    return cut_page<ScoreRunShape>(input.limit, std::move(runs), [](const auto& items) {
      std::vector<ScoreRunShape> out;
      for (const ingest::Import& import : items)
        out.push_back(shape_of(import));
      return out;
    });
  }
};

}  // namespace

void add_scores(Registrar& registrar) {
  registrar.add<PutScores>();
  registrar.add<ListScoreRuns>();
}

}  // namespace hustings::api
