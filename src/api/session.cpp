#include "api/session.h"

#include "access/access_service.h"
#include "api/session_shape.h"
#include "phonebank/phonebank_service.h"

namespace hustings::api {

SessionShape shown(const access::Identity& identity) {
  const bool has_email = !identity.email.empty();
  return {.person = {.id = identity.person,
                     .name = identity.name,
                     .email = has_email ? std::optional(identity.email) : std::nullopt,
                     .role = identity.role},
          .csrf = identity.csrf,
          .phonebank = identity.phonebank,
          .expires_at = identity.expires};
}

namespace {

/// The cookie lasts as long as the session does now.
void send_cookie(Context& context, std::string_view token, Instant expires) {
  const Instant now = context.services().clock.now();
  context.set_session(token, std::chrono::duration_cast<std::chrono::seconds>(expires - now));
}

struct SignIn {
  struct Input {
    std::string email;
    std::string password;
    static Fields fields() {
      return {field("email", &Input::email, "The e-mail address of the account."),
              field("password", &Input::password, "The password.")};
    }
  };
  using Output = SessionShape;
  static Spec spec() {
    return {.method = "POST",
            .path = "/v1/session",
            .name = "sign_in",
            .summary = "Signs in with e-mail address and password, and sets the session cookie.",
            .permission = Permission::anybody};
  }
  static Result<Output> call(Context& context, const Input& input) {
    return begin_session(context,
                         TRY(context.services().access.sign_in(input.email, input.password)));
  }
};

struct UseSignInLink {
  struct Input {
    std::string token;
    std::optional<std::string> name;
    std::optional<std::string> email;
    std::optional<std::string> password;
    static Fields fields() {
      return {field("token", &Input::token, "The secret in the link.", {.min_length = 1}),
              field("name", &Input::name, "For the first administrator."),
              field("email", &Input::email, "For the first administrator."),
              field("password", &Input::password,
                    "A new password; the first administrator must give one.")};
    }
  };
  using Output = SessionShape;
  static Spec spec() {
    return {.method = "POST",
            .path = "/v1/session/link",
            .name = "use_sign_in_link",
            .summary = "Signs in by a link that works once.",
            .permission = Permission::anybody};
  }
  static Result<Output> call(Context& context, const Input& input) {
    const access::LinkUse use{.name = input.name, .email = input.email, .password = input.password};
    return begin_session(context,
                         TRY(context.services().access.use_sign_in_link(input.token, use)));
  }
};

struct GetSession {
  using Input = Nothing;
  using Output = SessionShape;
  static Spec spec() {
    return {.method = "GET",
            .path = "/v1/session",
            .name = "get_session",
            .summary = "Who is signed in. Moves the end of the cookie on.",
            .permission = Permission::signed_in};
  }
  static Result<Output> call(Context& context, const Input&) {
    send_cookie(context, context.session_token(), context.identity().expires);
    return shown(context.identity());
  }
};

struct SignOut {
  using Input = Nothing;
  using Output = Nothing;
  static Spec spec() {
    return {.method = "DELETE",
            .path = "/v1/session",
            .name = "sign_out",
            .summary = "Ends the session. A caller's line is taken back.",
            .permission = Permission::signed_in};
  }
  static Result<Output> call(Context& context, const Input&) {
    const access::Identity& identity = context.identity();
    if (identity.phonebank) {
      context.services().phonebank.leave(identity.person, context.deadline());
    }
    context.services().access.sign_out(context.session_token());
    context.clear_session();
    return Output{};
  }
};

}  // namespace

SessionShape begin_session(Context& context, const access::SignedIn& session) {
  send_cookie(context, session.token, session.identity.expires);
  return shown(session.identity);
}

void add_session(Registrar& registrar) {
  registrar.add<SignIn>();
  registrar.add<UseSignInLink>();
  registrar.add<GetSession>();
  registrar.add<SignOut>();
}

}  // namespace hustings::api
