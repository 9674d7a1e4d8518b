#include "api/join_links.h"

#include "access/access_service.h"
#include "api/session_shape.h"
#include "phonebank/phonebank_service.h"

namespace hustings::api {
namespace {

struct JoinLinkShape {
  static constexpr std::string_view kName = "JoinLink";
  JoinLinkId id;
  std::string code;
  std::string url;
  Instant expires_at;
  std::int64_t uses = 0;
  std::int64_t uses_max = 0;
  bool revoked = false;
  static Fields fields() {
    return {field("id", &JoinLinkShape::id, "The join link."),
            field("code", &JoinLinkShape::code, "What a caller can type: k7mq-2hpd-9xwt."),
            field("url", &JoinLinkShape::url, "What the QR code holds."),
            field("expires_at", &JoinLinkShape::expires_at, "Until when one can join by it."),
            field("uses", &JoinLinkShape::uses, "How many callers have joined by it."),
            field("uses_max", &JoinLinkShape::uses_max, "How many may."),
            field("revoked", &JoinLinkShape::revoked, "Nobody can join by it any more.")};
  }
};

JoinLinkShape shown(const access::JoinLink& link, const Services& services) {
  return {.id = link.id,
          .code = link.code,
          .url = services.public_url + "/join/" + link.code,
          .expires_at = link.expires_at,
          .uses = link.uses,
          .uses_max = link.uses_max,
          .revoked = link.revoked};
}

struct MakeJoinLink {
  struct Input {
    PhonebankId id;
    std::int64_t hours_valid = 0;
    std::int64_t uses_max = 0;
    static Fields fields() {
      return {field("id", &Input::id, "The phone bank."),
              field("hours_valid", &Input::hours_valid, "For how many hours it works.",
                    {.min = 1, .max = 1440}),
              field("uses_max", &Input::uses_max, "How many callers may join by it.",
                    {.min = 1, .max = 20'000})};
    }
  };
  using Output = JoinLinkShape;
  static Spec spec() {
    return {.method = "POST",
            .path = "/v1/phonebanks/{id}/join-links",
            .name = "make_join_link",
            .summary = "A link by which callers join a phone bank.",
            .permission = Permission::phonebank_write};
  }
  static Result<Output> call(Context& context, const Input& input) {
    const Services& services = context.services();
    const auto phonebank = TRY(services.phonebank.get(input.id, context.deadline()));
    const access::NewJoinLink link{.phonebank = phonebank.id,
                                   .valid = std::chrono::hours(input.hours_valid),
                                   .uses_max = static_cast<int>(input.uses_max)};
    return shown(TRY(services.access.make_join_link(context.identity().actor(), link)), services);
  }
};

struct ListJoinLinks {
  struct Input {
    PhonebankId id;
    static Fields fields() { return {field("id", &Input::id, "The phone bank.")}; }
  };
  using Output = Page<JoinLinkShape>;
  static Spec spec() {
    return {.method = "GET",
            .path = "/v1/phonebanks/{id}/join-links",
            .name = "list_join_links",
            .summary = "The join links of a phone bank, newest first, at most 200.",
            .permission = Permission::phonebank_write};
  }
  static Result<Output> call(Context& context, const Input& input) {
    const Services& services = context.services();
    const auto links = TRY(services.access.list_join_links(context.identity().actor(), input.id));
    Output output;
    for (const access::JoinLink& link : links)
      output.items.push_back(shown(link, services));
    return output;
  }
};

struct RevokeJoinLink {
  struct Input {
    JoinLinkId id;
    static Fields fields() { return {field("id", &Input::id, "The join link.")}; }
  };
  using Output = Nothing;
  static Spec spec() {
    return {.method = "DELETE",
            .path = "/v1/join-links/{id}",
            .name = "revoke_join_link",
            .summary = "Nobody can join by this link any more; those who joined stay.",
            .permission = Permission::phonebank_write};
  }
  static Result<Output> call(Context& context, const Input& input) {
    TRY(context.services().access.revoke_join_link(context.identity().actor(), input.id));
    return Output{};
  }
};

struct GetJoinOffer {
  struct Input {
    std::string code;
    static Fields fields() { return {field("code", &Input::code, "As typed.")}; }
  };
  struct Bank {
    static constexpr std::string_view kName = "JoinOfferPhonebank";
    std::string name;
    static Fields fields() { return {field("name", &Bank::name, "Its name.")}; }
  };
  struct Output {
    static constexpr std::string_view kName = "JoinOffer";
    Bank phonebank;
    bool open = false;
    static Fields fields() {
      return {field("phonebank", &Output::phonebank, "What one would join."),
              field("open", &Output::open, "Calls are being made now.")};
    }
  };
  static Spec spec() {
    return {.method = "GET",
            .path = "/v1/join/{code}",
            .name = "get_join_offer",
            .summary = "What a caller sees before joining.",
            .permission = Permission::anybody};
  }
  static Result<Output> call(Context& context, const Input& input) {
    const Services& services = context.services();
    const access::JoinLink link =
        TRY(services.access.look_up_join_link(input.code, context.session_token()));
    const auto bank = TRY(services.phonebank.get(link.phonebank, context.deadline()));
    return Output{.phonebank = {.name = bank.name},
                  .open = bank.state == phonebank::PhonebankState::open};
  }
};

struct Join {
  struct Input {
    std::string code;
    std::string name;
    static Fields fields() {
      return {field("code", &Input::code, "As typed."),
              field("name", &Input::name, "How the lead shall see the caller.")};
    }
  };
  using Output = SessionShape;
  static Spec spec() {
    return {.method = "POST",
            .path = "/v1/join",
            .name = "join",
            .summary =
                "Joins a phone bank as a caller, and sets the session cookie. A browser in "
                "which staff are signed in is refused.",
            .permission = Permission::anybody};
  }
  static Result<Output> call(Context& context, const Input& input) {
    const Services& services = context.services();
    const std::string_view earlier = context.session_token();
    // There is one cookie: joining would sign the lead out without a word.
    if (const auto now = services.access.authenticate(earlier); now && is_staff(now->role)) {
      return refuse(ErrorCode::conflict,
                    "You are signed in as staff in this browser. Open the link on your phone or in "
                    "a private window, or sign out first.",
                    "session");
    }
    const access::JoinLink link = TRY(services.access.look_up_join_link(input.code, earlier));
    const auto bank = TRY(services.phonebank.get(link.phonebank, context.deadline()));
    if (bank.state == phonebank::PhonebankState::closed) {
      return refuse(ErrorCode::expired,
                    "This phone bank is closed. Ask your phone bank lead for another link.",
                    "code");
    }
    return begin_session(context, TRY(services.access.join(input.code, input.name, earlier)));
  }
};

}  // namespace

void add_join_links(Registrar& registrar) {
  registrar.add<MakeJoinLink>();
  registrar.add<ListJoinLinks>();
  registrar.add<RevokeJoinLink>();
  registrar.add<GetJoinOffer>();
  registrar.add<Join>();
}

}  // namespace hustings::api
