#include "api/people.h"

#include "access/access_service.h"
#include "api/session_shape.h"

namespace hustings::api {
namespace {

struct PersonShape {
  static constexpr std::string_view kName = "Person";
  PersonId id;
  std::string name;
  std::optional<std::string> email;
  access::Role role = access::Role::caller;
  bool disabled = false;
  Instant created_at;
  static Fields fields() {
    return {field("id", &PersonShape::id, "The person."),
            field("name", &PersonShape::name, "Their name."),
            field("email", &PersonShape::email, "What they sign in with."),
            field("role", &PersonShape::role, "What they may do."),
            field("disabled", &PersonShape::disabled, "They cannot sign in."),
            field("created_at", &PersonShape::created_at, "When they were added.")};
  }
};

PersonShape shown(const access::Person& person) {
  const bool has_email = !person.email.empty();
  return {.id = person.id,
          .name = person.name,
          .email = has_email ? std::optional(person.email) : std::nullopt,
          .role = person.role,
          .disabled = person.disabled_at.has_value(),
          .created_at = person.created_at};
}

struct ListPeople {
  struct Input {
    std::optional<std::string> cursor;
    std::int64_t limit = 50;
    static Fields fields() {
      return {
          field("cursor", &Input::cursor, "Where the page before ended."),
          field("limit", &Input::limit, "How many.", {.min = 1, .max = 200, .has_default = true})};
    }
  };
  using Output = Page<PersonShape>;
  static Spec spec() {
    return {.method = "GET",
            .path = "/v1/people",
            .name = "list_people",
            .summary = "The staff, in the order in which they were added.",
            .permission = Permission::administer};
  }
  static Result<Output> call(Context& context, const Input& input) {
    const auto after = input.cursor ? PersonId::from_text(*input.cursor) : PersonId();
    if (!after) return invalid("This is no cursor of this list. Leave it out.", "cursor");
    const access::PeoplePage page = TRY(context.services().access.list_people(
        context.identity().actor(), *after, static_cast<int>(input.limit)));
    Output output;
    for (const access::Person& person : page.people)
      output.items.push_back(shown(person));
    if (page.next) output.next = page.next->text();
    return output;
  }
};

struct AddPerson {
  struct Input {
    std::string name;
    std::string email;
    access::Role role = access::Role::phonebank_lead;
    std::optional<std::string> password;
    static Fields fields() {
      return {field("name", &Input::name, "Their name."),
              field("email", &Input::email, "What they sign in with."),
              field("role", &Input::role, "What they may do; callers come by a join link."),
              field("password", &Input::password,
                    "At least 10 characters. Without one they need a sign-in link.")};
    }
  };
  using Output = PersonShape;
  static Spec spec() {
    return {.method = "POST",
            .path = "/v1/people",
            .name = "add_person",
            .summary = "Adds a person to the staff.",
            .permission = Permission::administer};
  }
  static Result<Output> call(Context& context, const Input& input) {
    return shown(TRY(context.services().access.create_person(context.identity().actor(),
                                                             {.name = input.name,
                                                              .email = input.email,
                                                              .role = input.role,
                                                              .password = input.password})));
  }
};

struct ChangePerson {
  struct Input {
    PersonId id;
    std::optional<access::Role> role;
    std::optional<bool> disabled;
    std::optional<std::string> password;
    static Fields fields() {
      return {field("id", &Input::id, "The person."), field("role", &Input::role, "The new role."),
              field("disabled", &Input::disabled, "Whether they are kept from signing in."),
              field("password", &Input::password, "The new password.")};
    }
  };
  using Output = PersonShape;
  static Spec spec() {
    return {.method = "POST",
            .path = "/v1/people/{id}",
            .name = "change_person",
            .summary = "Changes what is given, and ends the person's sessions.",
            .permission = Permission::administer};
  }
  static Result<Output> call(Context& context, const Input& input) {
    return shown(TRY(context.services().access.update_person(
        context.identity().actor(), input.id,
        {.role = input.role, .disabled = input.disabled, .password = input.password})));
  }
};

struct MakeSignInLink {
  struct Input {
    PersonId id;
    static Fields fields() { return {field("id", &Input::id, "The person.")}; }
  };
  struct Output {
    static constexpr std::string_view kName = "SignInLink";
    std::string url;
    Instant expires_at;
    static Fields fields() {
      return {field("url", &Output::url, "Opens the program, signed in. Works once."),
              field("expires_at", &Output::expires_at, "Until when it works.")};
    }
  };
  static Spec spec() {
    return {.method = "POST",
            .path = "/v1/people/{id}/sign-in-link",
            .name = "make_sign_in_link",
            .summary = "A link that signs a person in once, e.g. when a password is lost.",
            .permission = Permission::administer};
  }
  static Result<Output> call(Context& context, const Input& input) {
    const Services& services = context.services();
    const access::SignInLink link =
        TRY(services.access.make_sign_in_link(context.identity().actor(), input.id));
    return Output{.url = services.public_url + "/enter?token=" + link.token,
                  .expires_at = link.expires_at};
  }
};

}  // namespace

void add_people(Registrar& registrar) {
  registrar.add<ListPeople>();
  registrar.add<AddPerson>();
  registrar.add<ChangePerson>();
  registrar.add<MakeSignInLink>();
}

}  // namespace hustings::api
