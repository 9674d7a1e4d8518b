#include "api/persons.h"

#include "access/access_service.h"
#include "base/text.h"
#include "model/phone.h"
#include "registry/registry.h"

namespace hustings::api {
namespace {

struct FileRowShape {
  ImportId import;
  std::string file_name;
  std::int64_t line = 0;
  Instant at;
  static Fields fields() {
    return {field("import", &FileRowShape::import, "The import."),
            field("file_name", &FileRowShape::file_name, "The file's name."),
            field("line", &FileRowShape::line,
                  "The line in it; 0: repeated by a later file whose line was not kept."),
            field("at", &FileRowShape::at, "When it was imported.")};
  }
};

FileRowShape shown(const registry::FileRow& row) {
  return {.import = row.import, .file_name = row.file_name, .line = row.line, .at = row.at};
}

struct WhyShape {
  static constexpr std::string_view kName = "WhyJoined";
  std::string decided_by;
  std::string decided_by_name;
  Instant at;
  std::optional<double> probability;
  std::optional<JsonText> bits;
  static Fields fields() {
    return {field("decided_by", &WhyShape::decided_by, "Who joined it: person:3, or system."),
            field("decided_by_name", &WhyShape::decided_by_name, "The same, for people."),
            field("at", &WhyShape::at, "When."),
            field("probability", &WhyShape::probability,
                  "That it is the same person, as it was reckoned; null: a person knew it."),
            field("bits", &WhyShape::bits, "The evidence, in bits by field; null: none.")};
  }
};

struct IdentityShape {
  static constexpr std::string_view kName = "Identity";
  VoterId home;
  std::string source;
  std::string external_id;
  std::string name;
  std::optional<std::int64_t> birth_year;
  FileRowShape row;
  std::int64_t versions = 0;
  bool is_absent = false;
  std::optional<WhyShape> why;
  static Fields fields() {
    return {field("home", &IdentityShape::home,
                  "Its own voter id: the person's, or the one that it had before it was joined."),
            field("source", &IdentityShape::source, "Whose record it is: nc, l2, …"),
            field("external_id", &IdentityShape::external_id, "Its id there."),
            field("name", &IdentityShape::name, "The name, as this record has it."),
            field("birth_year", &IdentityShape::birth_year, "Year of birth."),
            field("row", &IdentityShape::row, "The row that the newest version came with."),
            field("versions", &IdentityShape::versions, "How many files said something new of it."),
            field("absent", &IdentityShape::is_absent, "The newest file of its source lacks it."),
            field("why", &IdentityShape::why, "Why it is this person; null: it is its own.")};
  }
};

struct ListIdentities {
  struct Input {
    VoterId id;
    static Fields fields() { return {field("id", &Input::id, "The voter.")}; }
  };
  struct Output {
    static constexpr std::string_view kName = "Identities";
    std::vector<IdentityShape> items;
    static Fields fields() {
      return {field("items", &Output::items, "The person's own first, then in order of time.")};
    }
  };
  static Spec spec() {
    return {.method = "GET",
            .path = "/v1/voters/{id}/identities",
            .name = "list_identities",
            .summary = "The records that are this person, and why.",
            .permission = Permission::registry_read};
  }
  static Result<Output> call(Context& context, const Input& input) {
    const auto identities =
        TRY(context.services().registry.identities(input.id, context.deadline()));
    std::vector<std::string> actors;
    for (const registry::IdentityShown& one : identities)
      if (one.why) actors.push_back(one.why->decided_by);
    const auto names = context.services().access.names_of(actors, context.deadline());
    Output out;
    for (const registry::IdentityShown& one : identities) {
      IdentityShape shape{.home = one.home,
                          .source = one.source,
                          .external_id = one.external_id,
                          .name = one.name,
                          .birth_year = one.birth_year,
                          .row = shown(one.row),
                          .versions = one.versions,
                          .is_absent = one.is_absent,
                          .why = {}};
      if (one.why) {
        shape.why = WhyShape{.decided_by = one.why->decided_by,
                             .decided_by_name = names.at(one.why->decided_by),
                             .at = one.why->at,
                             .probability = one.why->probability,
                             .bits = {}};
        if (!one.why->bits.empty()) shape.why->bits = JsonText{one.why->bits};
      }
      out.items.push_back(std::move(shape));
    }
    return out;
  }
};

struct ValueShape {
  static constexpr std::string_view kName = "RecordValue";
  VoterId home;
  std::string source;
  std::string value;
  FileRowShape row;
  static Fields fields() {
    return {field("home", &ValueShape::home, "The identity."),
            field("source", &ValueShape::source, "Whose record it is."),
            field("value", &ValueShape::value, "What it says."),
            field("row", &ValueShape::row, "The row that says so.")};
  }
};

struct VoterFieldShape {
  static constexpr std::string_view kName = "VoterField";
  std::string name;
  std::string group;
  bool may_be_blank = false;
  bool is_correctable = false;
  std::optional<std::string> value;
  std::optional<CorrectionId> correction;
  std::optional<std::int64_t> place;
  std::vector<ValueShape> values;
  static Fields fields() {
    return {field("name", &VoterFieldShape::name, "The field."),
            field("group", &VoterFieldShape::group, "Fields that come from one record together."),
            field("may_be_blank", &VoterFieldShape::may_be_blank, "It may be unknown."),
            field("correctable", &VoterFieldShape::is_correctable, "It can be put right by hand."),
            field("value", &VoterFieldShape::value, "What the profile shows; null: nothing."),
            field("correction", &VoterFieldShape::correction, "That the value comes from."),
            field("place", &VoterFieldShape::place,
                  "In values, from 0: where the value comes from; null: from none of them."),
            field("values", &VoterFieldShape::values, "What the records say, the newest first.")};
  }
};

/// Numbers are shown as people write them to the API.
std::string value_shown(std::string_view field, std::string value) {
  if (field != "phone") return value;
  const auto number = parse_int(value);
  return number ? phone_e164(*number) : value;
}

struct ListVoterFields {
  struct Input {
    VoterId id;
    static Fields fields() { return {field("id", &Input::id, "The voter.")}; }
  };
  struct Output {
    static constexpr std::string_view kName = "VoterFields";
    VoterId voter;
    std::vector<VoterFieldShape> items;
    static Fields fields() {
      return {field("voter", &Output::voter, "The voter."),
              field("items", &Output::items, "Every field of the profile.")};
    }
  };
  static Spec spec() {
    return {.method = "GET",
            .path = "/v1/voters/{id}/fields",
            .name = "list_voter_fields",
            .summary =
                "What a profile shows field by field, where it comes from, and what the "
                "other records say.",
            .permission = Permission::registry_read};
  }
  static Result<Output> call(Context& context, const Input& input) {
    Output out{.voter = input.id, .items = {}};
    for (registry::FieldShown& field :
         TRY(context.services().registry.fields(input.id, context.deadline()))) {
      VoterFieldShape shape{.name = std::string(field.name),
                            .group = std::string(field.group),
                            .may_be_blank = field.may_be_blank,
                            .is_correctable = field.is_correctable,
                            .value = {},
                            .correction = field.correction,
                            .place = {},
                            .values = {}};
      if (field.value) shape.value = value_shown(field.name, *std::move(field.value));
      if (field.place) shape.place = static_cast<std::int64_t>(*field.place);
      for (registry::ValueShown& value : field.values) {
        shape.values.push_back({.home = value.home,
                                .source = std::move(value.source),
                                .value = value_shown(field.name, std::move(value.value)),
                                .row = shown(value.row)});
      }
      out.items.push_back(std::move(shape));
    }
    return out;
  }
};

}  // namespace

void add_persons(Registrar& registrar) {
  registrar.add<ListIdentities>();
  registrar.add<ListVoterFields>();
}

}  // namespace hustings::api
