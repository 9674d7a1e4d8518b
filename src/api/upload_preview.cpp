#include "api/import_mapping.h"
#include "api/imports.h"
#include "api/upload_store.h"
#include "ingest/preview.h"
#include "ingest/transforms.h"
#include "registry/registry.h"
#include "registry/survivorship.h"

namespace hustings::api {
namespace {

struct PreviewColumnShape {
  static constexpr std::string_view kName = "PreviewColumn";
  std::string name;
  std::string type;
  std::string format;
  std::vector<std::string> samples;
  std::vector<std::string> null_tokens;
  std::int64_t empty = 0;
  std::string choice;
  std::string target;
  bool is_proposal = false;
  static Fields fields() {
    return {field("name", &PreviewColumnShape::name, "The column's name in the file."),
            field("type", &PreviewColumnShape::type,
                  "text, integer, date, phone, email, zip or name; empty: it has no value."),
            field("format", &PreviewColumnShape::format, "Of a date: \"MM/DD/YYYY\"."),
            field("samples", &PreviewColumnShape::samples, "Up to five different values."),
            field("null_tokens", &PreviewColumnShape::null_tokens, "Values that mean nothing."),
            field("empty", &PreviewColumnShape::empty, "Rows without a value, of those looked at."),
            field("choice", &PreviewColumnShape::choice,
                  "What is taken of its text, or the form of its dates; empty: all of it."),
            field("target", &PreviewColumnShape::target, "What it becomes; empty: it is not kept."),
            field("proposal", &PreviewColumnShape::is_proposal,
                  "The layout does not take it; the target is what its name says.")};
  }
};

struct LayoutGuessShape {
  static constexpr std::string_view kName = "LayoutGuess";
  std::string layout;
  double fit = 0;
  std::string why;
  static Fields fields() {
    return {field("layout", &LayoutGuessShape::layout, "The layout."),
            field("fit", &LayoutGuessShape::fit, "From 0 to 1."),
            field("why", &LayoutGuessShape::why, "For people.")};
  }
};

struct PreviewValueShape {
  std::string name;
  std::string value;
  static Fields fields() {
    return {field("field", &PreviewValueShape::name, "The field of the voter, vote or score."),
            field("value", &PreviewValueShape::value, "What it becomes.")};
  }
};

struct PreviewRowShape {
  static constexpr std::string_view kName = "PreviewRow";
  std::int64_t line = 0;
  std::vector<PreviewValueShape> values;
  static Fields fields() {
    return {field("line", &PreviewRowShape::line, "The row's line in the file."),
            field("values", &PreviewRowShape::values, "What is not empty.")};
  }
};

struct PreviewProblemShape {
  std::int64_t line = 0;
  std::string column;
  std::string reason;
  static Fields fields() {
    return {field("line", &PreviewProblemShape::line, "The row's line in the file."),
            field("column", &PreviewProblemShape::column, "The column; empty: the whole row."),
            field("reason", &PreviewProblemShape::reason, "Why the row would not be taken.")};
  }
};

struct UploadPreview {
  static constexpr std::string_view kName = "UploadPreview";
  std::string file_name;
  std::string layout;
  std::string title;
  std::string generation;
  std::string kind;
  std::string source;
  std::string state;
  std::string encoding;
  std::string delimiter;
  bool has_header = true;
  std::int64_t rows = 0;
  std::int64_t rows_taken = 0;
  std::vector<std::string> parts;
  std::vector<std::string> missing;
  std::vector<std::string> files_ignored;
  std::vector<LayoutGuessShape> guesses;
  std::vector<PreviewColumnShape> columns;
  std::vector<PreviewRowShape> results;
  std::vector<PreviewProblemShape> problems;
  std::optional<std::string> refusal;
  std::vector<std::string> targets;
  std::vector<std::string> choices;
  std::vector<std::string> date_forms;
  std::vector<std::string> blank_fields;
  static Fields fields() {
    using Self = UploadPreview;
    return {
        field("file_name", &Self::file_name, "The file's name."),
        field("layout", &Self::layout, "How the file was read."),
        field("title", &Self::title, "The layout, for people."),
        field("generation", &Self::generation, "Which of the layout's spellings it has."),
        field("kind", &Self::kind, "voters, history or scores."),
        field("source", &Self::source, "Whose ids it uses."),
        field("state", &Self::state, "The state of all rows; empty: a column says it."),
        field("encoding", &Self::encoding, "How its letters are written."),
        field("delimiter", &Self::delimiter, "What stands between fields."),
        field("header", &Self::has_header, "Its first row names the columns."),
        field("rows", &Self::rows, "How many rows were looked at."),
        field("rows_taken", &Self::rows_taken, "How many of them an import would take."),
        field("parts", &Self::parts, "The files that would be read."),
        field("missing", &Self::missing, "Parts that the layout expects and that are not there."),
        field("files_ignored", &Self::files_ignored, "Files that would not be read."),
        field("guesses", &Self::guesses, "Layouts that can read it, the best first."),
        field("columns", &Self::columns, "Its columns."),
        field("results", &Self::results, "What the first rows become; none of protected voters."),
        field("problems", &Self::problems, "The first rows that would not be taken."),
        field("refusal", &Self::refusal,
              "Why an import could not begin as the columns are mapped now."),
        field("targets", &Self::targets, "What a column of such a file can be."),
        field("choices", &Self::choices, "What can be taken of a column's text."),
        field("date_forms", &Self::date_forms, "How dates can be written."),
        field("blank_fields", &Self::blank_fields,
              "Fields that an empty value can clear or keep.")};
  }
};

/// What can be chosen, the same for every file.
void add_choices(UploadPreview& out) {
  for (int i = 0; i <= static_cast<int>(ingest::Take::without_leading_zeros); ++i)
    out.choices.emplace_back(to_string(static_cast<ingest::Take>(i)));
  for (const std::string_view form : ingest::kDateFormats)
    out.date_forms.emplace_back(form);
  for (const std::string_view form : ingest::kWideDateFormats)
    out.date_forms.emplace_back(form);
  if (out.kind != "voters") return;
  for (const registry::ProfileField& field : registry::kProfileFields) {
    if (field.may_be_blank) out.blank_fields.emplace_back(field.name);
  }
}

UploadPreview shown(const ingest::FilePreview& preview) {
  UploadPreview out{.layout = preview.layout,
                    .title = ingest::find_layout(preview.layout).value().title,
                    .generation = preview.generation,
                    .kind = std::string(to_string(preview.kind)),
                    .source = preview.source,
                    .state = preview.state,
                    .encoding = preview.encoding,
                    .delimiter = preview.delimiter,
                    .has_header = preview.has_header,
                    .rows = preview.rows,
                    .rows_taken = preview.rows_taken,
                    .parts = preview.parts,
                    .missing = preview.missing,
                    .files_ignored = preview.files_ignored,
                    .refusal = preview.refusal,
                    .targets = preview.targets};
  for (const ingest::LayoutGuess& guess : preview.guesses)
    out.guesses.push_back({guess.layout, guess.fit, guess.why});
  for (const ingest::PreviewColumn& of : preview.columns) {
    out.columns.push_back({of.name, of.type, of.format, of.samples, of.null_tokens, of.empty,
                           of.choice, of.target, of.is_proposal});
  }
  for (const ingest::PreviewRow& row : preview.results) {
    out.results.push_back({.line = row.line, .values = {}});
    for (const auto& [name, value] : row.fields)
      out.results.back().values.push_back({name, value});
  }
  for (const ingest::PreviewProblem& problem : preview.problems)
    out.problems.push_back({problem.line, problem.column, problem.reason});
  add_choices(out);
  return out;
}

Result<UploadPreview> preview_of(Context& context, const std::string& upload,
                                 const std::string& layout,
                                 const std::vector<MappingShape>& mapping) {
  if (layout.find_first_of("/.\\") != std::string::npos) {
    return invalid("Name one of the layouts of GET /v1/layouts.", "layout");
  }
  const UploadStore::Kept file =
      TRY(UploadStore(upload_folder(context.services().config)).find(upload));
  const auto preview =
      ingest::preview_file({.file = file.path,
                            .mapping = mapping_of(mapping),
                            .file_name = file.path.filename().string(),
                            .layout = layout},
                           context.services().registry.home_country(context.deadline()));
  if (!preview) {
    Error error = preview.error();
    if (error.where.find('/') != std::string::npos) error.where = "upload";  // no path of ours
    return std::unexpected(std::move(error));
  }
  UploadPreview out = shown(*preview);
  out.file_name = file.path.filename().string();
  return out;
}

struct PreviewUpload {
  struct Input {
    std::string upload;
    std::optional<std::string> layout;
    static Fields fields() {
      return {field("upload", &Input::upload, "What the upload answered."),
              field("layout", &Input::layout, "A layout's name; without it the best is found out.",
                    {.max_length = 100})};
    }
  };
  using Output = UploadPreview;
  static Spec spec() {
    return {.method = "GET",
            .path = "/v1/uploads/{upload}/preview",
            .name = "preview_upload",
            .summary = "What an uploaded file looks like, before it is imported.",
            .permission = Permission::registry_write};
  }
  static Result<Output> call(Context& context, const Input& input) {
    return preview_of(context, input.upload, input.layout.value_or("auto"), {});
  }
};

struct PreviewMapping {
  struct Input {
    std::string upload;
    std::string layout;
    std::vector<MappingShape> mapping;
    static Fields fields() {
      return {
          field("upload", &Input::upload, "What the upload answered."),
          field("layout", &Input::layout, "A layout's name.", {.min_length = 1, .max_length = 100}),
          field("mapping", &Input::mapping, "As an import would get it.",
                {.max_items = 200, .has_default = true})};
    }
  };
  using Output = UploadPreview;
  static Spec spec() {
    return {.method = "POST",
            .path = "/v1/uploads/{upload}/preview",
            .name = "preview_mapping",
            .summary = "The same, with columns that a person has named. Changes nothing.",
            .permission = Permission::registry_write};
  }
  static Result<Output> call(Context& context, const Input& input) {
    return preview_of(context, input.upload, input.layout, input.mapping);
  }
};

}  // namespace

void add_upload_preview(Registrar& registrar) {
  registrar.add<PreviewUpload>();
  registrar.add<PreviewMapping>();
}

}  // namespace hustings::api
