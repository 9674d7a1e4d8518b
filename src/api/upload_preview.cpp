#include "api/imports.h"
#include "api/upload_store.h"
#include "ingest/preview.h"

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
  struct Output {
    static constexpr std::string_view kName = "UploadPreview";
    std::string layout;
    std::string generation;
    std::string encoding;
    std::string delimiter;
    bool has_header = true;
    std::int64_t rows = 0;
    std::vector<std::string> parts;
    std::vector<std::string> files_ignored;
    std::vector<LayoutGuessShape> guesses;
    std::vector<PreviewColumnShape> columns;
    static Fields fields() {
      return {field("layout", &Output::layout, "How the file was read."),
              field("generation", &Output::generation, "Which of the layout's spellings it has."),
              field("encoding", &Output::encoding, "How its letters are written."),
              field("delimiter", &Output::delimiter, "What stands between fields."),
              field("header", &Output::has_header, "Its first row names the columns."),
              field("rows", &Output::rows, "How many rows were looked at."),
              field("parts", &Output::parts, "The files that would be read."),
              field("files_ignored", &Output::files_ignored, "Those that would not."),
              field("guesses", &Output::guesses, "Layouts that can read it, the best first."),
              field("columns", &Output::columns, "Its columns.")};
    }
  };
  static Spec spec() {
    return {.method = "GET",
            .path = "/v1/uploads/{upload}/preview",
            .name = "preview_upload",
            .summary = "What an uploaded file looks like, before it is imported.",
            .permission = Permission::registry_write};
  }
  static Result<Output> call(Context& context, const Input& input) {
    const std::string layout = input.layout.value_or("auto");
    if (layout.find_first_of("/.\\") != std::string::npos) {
      return invalid("Name one of the layouts of GET /v1/layouts.", "layout");
    }
    const UploadStore::Kept file =
        TRY(UploadStore(upload_folder(context.services().config)).find(input.upload));
    const auto preview = ingest::preview_file(
        {.file = file.path, .file_name = file.path.filename().string(), .layout = layout});
    if (!preview) {
      Error error = preview.error();
      if (error.where.find('/') != std::string::npos) error.where = "upload";  // no path of ours
      return std::unexpected(std::move(error));
    }
    Output out{.layout = preview->layout,
               .generation = preview->generation,
               .encoding = preview->encoding,
               .delimiter = preview->delimiter,
               .has_header = preview->has_header,
               .rows = preview->rows,
               .parts = preview->parts,
               .files_ignored = preview->files_ignored};
    for (const ingest::LayoutGuess& guess : preview->guesses)
      out.guesses.push_back({guess.layout, guess.fit, guess.why});
    for (const ingest::PreviewColumn& of : preview->columns) {
      out.columns.push_back({of.name, of.type, of.format, of.samples, of.null_tokens, of.empty,
                             of.target, of.is_proposal});
    }
    return out;
  }
};

}  // namespace

void add_upload_preview(Registrar& registrar) { registrar.add<PreviewUpload>(); }

}  // namespace hustings::api
