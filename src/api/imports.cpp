#include "api/imports.h"

#include <fmt/format.h>

#include "access/access_service.h"
#include "api/import_mapping.h"
#include "api/import_report.h"
#include "api/paging.h"
#include "api/upload_store.h"
#include "base/text.h"
#include "ingest/importer.h"
#include "ingest/run_request.h"

namespace hustings::api {
namespace {

struct LayoutColumnShape {
  std::string name;
  std::vector<std::string> aliases;
  bool required = false;
  static Fields fields() {
    return {field("name", &LayoutColumnShape::name, "The column's name in the file."),
            field("aliases", &LayoutColumnShape::aliases, "Other spellings that are taken."),
            field("required", &LayoutColumnShape::required, "A file without it is refused.")};
  }
};

struct LayoutShape {
  static constexpr std::string_view kName = "Layout";
  std::string name;
  std::int64_t version = 0;
  std::string kind;
  std::string title;
  std::vector<LayoutColumnShape> columns;
  std::string delimiter;
  std::string encoding;
  static Fields fields() {
    return {field("name", &LayoutShape::name, "What an import calls it."),
            field("version", &LayoutShape::version, "Grows with each change."),
            field("kind", &LayoutShape::kind, "voters, history or scores."),
            field("title", &LayoutShape::title, "For people."),
            field("columns", &LayoutShape::columns, "The columns that are read."),
            field("delimiter", &LayoutShape::delimiter, "What stands between fields."),
            field("encoding", &LayoutShape::encoding, "How letters are written; auto finds out.")};
  }
};

LayoutShape shown(const ingest::Layout& layout) {
  LayoutShape out{.name = layout.name,
                  .version = layout.version,
                  .kind = std::string(to_string(layout.kind)),
                  .title = layout.title,
                  .columns = {},
                  .delimiter = ingest::delimiter_name(layout.delimiter),
                  .encoding = std::string(to_string(layout.encoding))};
  for (const ingest::LayoutColumn& column : layout.columns) {
    for (const auto& names : column.names) {
      out.columns.push_back({names.front(), {names.begin() + 1, names.end()}, column.is_required});
    }
    for (const auto& names : column.parts)
      out.columns.push_back({names.front(), {names.begin() + 1, names.end()}, false});
  }
  return out;
}

struct AskedShape {
  static constexpr std::string_view kName = "ImportAsked";
  std::string layout;
  std::vector<MappingShape> mapping;
  std::vector<std::string> blank_keeps;
  double absent_share_max = 0;
  std::optional<std::string> upload;
  static Fields fields() {
    return {field("layout", &AskedShape::layout, "The layout that was named, or auto."),
            field("mapping", &AskedShape::mapping, "Columns that a person named."),
            field("blank_keeps", &AskedShape::blank_keeps,
                  "Fields that an empty value of the file does not clear."),
            field("absent_share_max", &AskedShape::absent_share_max,
                  "How many known voters the file may lack."),
            field("upload", &AskedShape::upload,
                  "The uploaded file, while it is on the server and may be imported again.")};
  }
};

struct WarningShape {
  std::string kind;
  std::int64_t count = 0;
  std::string text;
  static Fields fields() {
    return {field("kind", &WarningShape::kind, "For programs: \"phone_unusable\"."),
            field("count", &WarningShape::count, "How often."),
            field("text", &WarningShape::text, "For people.")};
  }
};

struct ImportShape {
  static constexpr std::string_view kName = "Import";
  ImportId id;
  std::string layout;
  std::string kind;
  std::string file_name;
  std::int64_t file_bytes = 0;
  std::string state;
  std::string stage;
  std::int64_t bytes_done = 0;
  std::int64_t rows_read = 0;
  std::int64_t rows_new = 0;
  std::int64_t rows_changed = 0;
  std::int64_t rows_same = 0;
  std::int64_t rows_rejected = 0;
  double rows_per_s = 0;
  std::optional<double> seconds_left;
  std::vector<WarningShape> warnings;
  std::optional<std::string> error;
  bool is_repeat = false;
  std::string started_by;
  std::string started_by_name;
  Instant started_at;
  std::optional<Instant> ended_at;
  std::optional<ImportReportShape> report;
  std::optional<Instant> undone_at;
  std::optional<std::string> undone_by;
  std::optional<std::string> undone_by_name;
  std::optional<ImportId> mends;
  std::vector<ImportId> mended_by;
  std::int64_t restarts = 0;
  std::string run_name;
  AskedShape asked;
  static Fields fields() {
    return {
        field("id", &ImportShape::id, "The import."),
        field("layout", &ImportShape::layout, "How the file is read."),
        field("kind", &ImportShape::kind, "voters, history or scores."),
        field("file_name", &ImportShape::file_name, "The file's name."),
        field("file_bytes", &ImportShape::file_bytes, "Its size."),
        field("state", &ImportShape::state,
              "running, published, failed, cancelled, tried (a dry run) or undone."),
        field("stage", &ImportShape::stage, "reading, publishing, done or undoing."),
        field("bytes_done", &ImportShape::bytes_done, "How much of the file has been read."),
        field("rows_read", &ImportShape::rows_read, "Rows read, rejected ones included."),
        field("rows_new", &ImportShape::rows_new, "Rows that were not known."),
        field("rows_changed", &ImportShape::rows_changed, "Rows that differ from the last import."),
        field("rows_same", &ImportShape::rows_same, "Rows that are as they were."),
        field("rows_rejected", &ImportShape::rows_rejected, "Rows that were not taken."),
        field("rows_per_s", &ImportShape::rows_per_s, "Rows a second since the start."),
        field("seconds_left", &ImportShape::seconds_left, "A guess, while it runs."),
        field("warnings", &ImportShape::warnings, "What a person should look at."),
        field("error", &ImportShape::error,
              "Why it failed, or why it could not be undone, and what to do."),
        field("repeat", &ImportShape::is_repeat,
              "The same file was imported before: this is that import, and nothing was done."),
        field("started_by", &ImportShape::started_by, "Who started it: person:3, or system."),
        field("started_by_name", &ImportShape::started_by_name, "Who started it, for people."),
        field("started_at", &ImportShape::started_at, "When it began."),
        field("ended_at", &ImportShape::ended_at, "When it ended."),
        field("report", &ImportShape::report, "Of a dry run: what the file would change."),
        field("undone_at", &ImportShape::undone_at, "When it was taken back."),
        field("undone_by", &ImportShape::undone_by, "By whom: person:3, or system."),
        field("undone_by_name", &ImportShape::undone_by_name, "By whom, for people."),
        field("mends", &ImportShape::mends,
              "The import whose rejected rows these are, mended; it is undone with that."),
        field("mended_by", &ImportShape::mended_by, "Published imports of its own mended rows."),
        field("restarts", &ImportShape::restarts,
              "How often the program ended in the middle and began it anew."),
        field("run_name", &ImportShape::run_name, "Of scores: what people call the run."),
        field("asked", &ImportShape::asked, "What was asked for.")};
  }
};

AskedShape asked_of(const Context& context, const ingest::Import& import) {
  const ingest::ImportRequest request = ingest::request_from(import.request);
  AskedShape out{.layout = request.layout,
                 .mapping = shapes_of(request.mapping),
                 .blank_keeps = request.blank_keeps,
                 .absent_share_max = request.absent_share_max,
                 .upload = std::nullopt};
  const UploadStore uploads(upload_folder(context.services().config));
  if (import.state != ingest::ImportState::published && uploads.find(request.upload)) {
    out.upload = request.upload;
  }
  return out;
}

ImportShape shape_of(const ingest::Import& import, std::string started_by_name) {
  ImportShape out{.id = import.id,
                  .layout = import.layout,
                  .kind = std::string(to_string(import.kind)),
                  .file_name = import.file_name,
                  .file_bytes = import.file_bytes,
                  .state = std::string(to_string(import.state)),
                  .stage = std::string(to_string(import.stage)),
                  .bytes_done = import.bytes_done,
                  .rows_read = import.counts.rows_read,
                  .rows_new = import.counts.rows_new,
                  .rows_changed = import.counts.rows_changed,
                  .rows_same = import.counts.rows_same,
                  .rows_rejected = import.counts.rows_rejected,
                  .rows_per_s = import.rows_per_s,
                  .seconds_left = import.seconds_left,
                  .warnings = {},
                  .error = import.error,
                  .started_by = import.started_by,
                  .started_by_name = std::move(started_by_name),
                  .started_at = import.started_at,
                  .ended_at = import.ended_at,
                  .report = {},
                  .undone_at = import.undone_at,
                  .undone_by = import.undone_by,
                  .undone_by_name = {},
                  .mends = import.mends,
                  .mended_by = import.mended_by,
                  .restarts = import.restarts,
                  .run_name = import.run_name,
                  .asked = {}};
  if (import.report) out.report = import_report_from(*import.report);
  for (const ingest::ImportWarning& warning : import.warnings) {
    out.warnings.push_back({warning.kind, warning.count, warning.text});
  }
  return out;
}

std::vector<ImportShape> shown(const Context& context, const std::vector<ingest::Import>& imports) {
  std::vector<std::string> actors;
  for (const ingest::Import& import : imports) {
    actors.push_back(import.started_by);
    if (import.undone_by) actors.push_back(*import.undone_by);
  }
  const auto names = context.services().access.names_of(actors, context.deadline());
  std::vector<ImportShape> out;
  for (const ingest::Import& import : imports) {
    out.push_back(shape_of(import, names.at(import.started_by)));
    out.back().asked = asked_of(context, import);
    if (import.undone_by) out.back().undone_by_name = names.at(*import.undone_by);
  }
  return out;
}

Result<ImportShape> find_import(const Context& context, ImportId id) {
  const ingest::Import import = TRY(context.services().importer.find(id, context.deadline()));
  return std::move(shown(context, {import}).front());
}

struct ImportPath {
  ImportId id;
  static Fields fields() { return {field("id", &ImportPath::id, "The import.")}; }
};

struct ListLayouts {
  using Input = Nothing;
  using Output = Page<LayoutShape>;
  static Spec spec() {
    return {.method = "GET",
            .path = "/v1/layouts",
            .name = "list_layouts",
            .summary = "The kinds of files that can be imported.",
            .permission = Permission::registry_read};
  }
  static Result<Output> call(Context&, const Input&) {
    Output page;
    for (const ingest::Layout& layout : ingest::built_in_layouts()) {
      page.items.push_back(shown(layout));
    }
    return page;
  }
};

UploadStore uploads_of(Context& context) {
  return UploadStore(upload_folder(context.services().config));
}

struct PutUpload {
  struct Input {
    std::string name;
    static Fields fields() {
      return {
          field("name", &Input::name, "The file's name.", {.min_length = 1, .max_length = 300})};
    }
  };
  struct Output {
    static constexpr std::string_view kName = "Upload";
    std::string upload;
    std::int64_t bytes = 0;
    std::string sha256;
    static Fields fields() {
      return {field("upload", &Output::upload, "What an import calls it."),
              field("bytes", &Output::bytes, "The file's size."),
              field("sha256", &Output::sha256, "The file's digest.")};
    }
  };
  static Spec spec() {
    return {.method = "PUT",
            .path = "/v1/uploads",
            .name = "put_upload",
            .summary = "Brings a file to the server, to be imported within a day.",
            .permission = Permission::registry_write,
            .status = 201,
            .upload = true};
  }
  static Status admit(Context& context) { return uploads_of(context).check_room(); }
  static Result<Output> call(Context& context, const Input& input) {
    const net::UploadedFile& file = context.upload();
    return Output{uploads_of(context).keep(file, input.name), file.bytes, file.sha256};
  }
};

struct StartImport {
  struct Input {
    std::optional<std::string> layout;
    std::string upload;
    bool is_dry_run = false;
    double absent_share_max = 0.1;
    std::vector<std::string> blank_keeps;
    std::vector<MappingShape> mapping;
    std::optional<ImportId> mends;
    std::optional<std::string> run_name;
    static Fields fields() {
      return {
          field("layout", &Input::layout, "A layout's name, or auto; not for mended rows.",
                {.min_length = 1, .max_length = 100}),
          field("upload", &Input::upload, "What the upload answered.",
                {.min_length = 1, .max_length = 100}),
          field("dry_run", &Input::is_dry_run,
                "Find out what the file would change, and change nothing. The upload stays.",
                {.has_default = true}),
          field("absent_share_max", &Input::absent_share_max,
                "How many of the known voters of its counties the file may lack; with more it is "
                "refused.",
                {.min = 0, .max = 1, .has_default = true}),
          field("blank_keeps", &Input::blank_keeps,
                "Fields that an empty value of this file does not clear.", {.has_default = true}),
          field("mapping", &Input::mapping, "Columns that the layout would not find by itself.",
                {.max_items = 200, .has_default = true}),
          field("mends", &Input::mends,
                "The file holds rows that this import had rejected, mended: they are added to it."),
          field("run_name", &Input::run_name, "Of scores: what people call the run.",
                {.min_length = 1, .max_length = 100})};
    }
  };
  using Output = ImportShape;
  static Spec spec() {
    return {.method = "POST",
            .path = "/v1/imports",
            .name = "start_import",
            .summary = "Imports an uploaded file in the background.",
            .permission = Permission::registry_write,
            .status = 202};
  }
  static Result<Output> call(Context& context, const Input& input) {
    // Over the network only our own layouts: a path would be a file of the server.
    const std::string layout = input.layout.value_or(input.mends ? "" : "auto");
    if (layout.find_first_of("/.\\") != std::string::npos) {
      return invalid("Name one of the layouts of GET /v1/layouts.", "layout");
    }
    const UploadStore uploads = uploads_of(context);
    const UploadStore::Kept file = TRY(uploads.find(input.upload));
    ingest::Importer& importer = context.services().importer;
    const auto started = importer.start({.file = file.path,
                                         .mapping = mapping_of(input.mapping),
                                         .file_name = file.path.filename().string(),
                                         .layout = layout,
                                         .actor = context.actor(),
                                         .sha256 = file.sha256,
                                         .dry_run = input.is_dry_run,
                                         .absent_share_max = input.absent_share_max,
                                         .blank_keeps = input.blank_keeps,
                                         .mends = input.mends,
                                         .run_name = input.run_name.value_or(""),
                                         .may_restart = true,
                                         .remove_after = uploads.folder_of(input.upload),
                                         .upload = input.upload});
    if (!started) {
      Error error = started.error();
      if (error.where.find('/') != std::string::npos) error.where = "upload";  // no path of ours
      return std::unexpected(std::move(error));
    }
    if (started->is_repeat && !input.is_dry_run) uploads.remove(input.upload);
    ImportShape out = TRY(find_import(context, started->id));
    out.is_repeat = started->is_repeat;
    return out;
  }
};

struct ListImports {
  using Input = PageQuery<ImportId>;
  using Output = Page<ImportShape>;
  static Spec spec() {
    return {.method = "GET",
            .path = "/v1/imports",
            .name = "list_imports",
            .summary = "The imports, newest first.",
            .permission = Permission::registry_read};
  }
  static Result<Output> call(Context& context, const Input& input) {
    const auto before = TRY(input.before());
    auto imports = context.services().importer.list(before, static_cast<int>(input.limit) + 1,
                                                    context.deadline());
    return cut_page<ImportShape>(input.limit, std::move(imports),
                                 [&](const auto& items) { return shown(context, items); });
  }
};

struct GetImport {
  using Input = ImportPath;
  using Output = ImportShape;
  static Spec spec() {
    return {.method = "GET",
            .path = "/v1/imports/{id}",
            .name = "get_import",
            .summary = "An import and how far it is.",
            .permission = Permission::registry_read,
            .topic = "import"};
  }
  static Result<Output> call(Context& context, const Input& input) {
    return find_import(context, input.id);
  }
};

struct CancelImport {
  using Input = ImportPath;
  using Output = ImportShape;
  static Spec spec() {
    return {.method = "POST",
            .path = "/v1/imports/{id}/cancel",
            .name = "cancel_import",
            .summary = "Stops an import; nothing of it stays.",
            .permission = Permission::registry_write};
  }
  static Result<Output> call(Context& context, const Input& input) {
    TRY(context.services().importer.cancel(input.id));
    return find_import(context, input.id);
  }
};

struct UndoImport {
  using Input = ImportPath;
  using Output = ImportShape;
  static Spec spec() {
    return {.method = "POST",
            .path = "/v1/imports/{id}/undo",
            .name = "undo_import",
            .summary = "Takes a published import back, in the background: as if it had never been.",
            .permission = Permission::registry_write,
            .status = 202};
  }
  static Result<Output> call(Context& context, const Input& input) {
    TRY(context.services().importer.undo(input.id, context.actor()));
    return find_import(context, input.id);
  }
};

}  // namespace

void add_imports(Registrar& registrar) {
  registrar.add<ListLayouts>();
  registrar.add<PutUpload>();
  add_upload_preview(registrar);
  registrar.add<StartImport>();
  registrar.add<ListImports>();
  registrar.add<GetImport>();
  registrar.add<CancelImport>();
  registrar.add<UndoImport>();
  add_import_rejects(registrar);
  add_scores(registrar);
}

}  // namespace hustings::api
