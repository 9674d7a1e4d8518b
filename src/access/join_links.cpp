#include <array>

#include <fmt/format.h>

#include "access/access_service.h"
#include "access/account.h"
#include "access/join_code.h"
#include "access/sql.h"
#include "base/secret.h"

namespace hustings::access {
namespace {

constexpr std::chrono::hours kValidMax{60 * 24};
constexpr int kUsesMax = 20'000;

JoinLink link_from(const pg::Row& row) {
  return {.id = row.get<JoinLinkId>(0),
          .code = row.get<std::string>(1),
          .phonebank = row.get<PhonebankId>(2),
          .created_at = row.get<Instant>(3),
          .expires_at = row.get<Instant>(4),
          .uses = row.get<int>(5),
          .uses_max = row.get<int>(6),
          .revoked = row.get<bool>(7)};
}

Status require_lead(const Actor& actor) {
  if (actor.role == Role::administrator || actor.role == Role::phonebank_lead) return {};
  return refuse(ErrorCode::forbidden, "Only phone bank leads and administrators may do this.");
}

feed::Change link_change(PhonebankId phonebank, JoinLinkId link, const Actor& actor,
                         std::string_view state) {
  return {.kind = ChangeKind::join_link_saved,
          .subject = feed::subject_of("phonebank", phonebank),
          .actor = actor.text,
          .payload = fmt::format(R"({{"link":{},"state":"{}"}})", link.value(), state)};
}

std::unexpected<Error> unknown_code() {
  return refuse(ErrorCode::not_found,
                "There is no such code. It has 12 letters and digits, such as k7mq-2hpd-9xwt; look "
                "at the link again, or ask your phone bank lead.",
                "code");
}

/// The link behind a cleaned code, if it has not ended; its places may all be taken.
Result<JoinLink> valid_link(pg::Connection& connection, const std::string& code, Instant now) {
  const pg::Rows rows = connection.run(sql::kJoinLinkByCode, code);
  if (rows.empty()) return unknown_code();
  JoinLink link = link_from(rows[0]);
  if (link.revoked) {
    return refuse(ErrorCode::expired,
                  "This link has been revoked. Ask your phone bank lead for a new one.", "code");
  }
  if (link.expires_at <= now) {
    return refuse(ErrorCode::expired,
                  "This link has expired. Ask your phone bank lead for a new one.", "code");
  }
  return link;
}

Status check_places(const JoinLink& link) {
  if (link.uses < link.uses_max) return {};
  return refuse(ErrorCode::expired,
                fmt::format("This link is used up: {} people have joined by it. Ask your phone "
                            "bank lead for a new one.",
                            link.uses),
                "code");
}

}  // namespace

Result<JoinLink> AccessService::make_join_link(const Actor& actor, const NewJoinLink& link) {
  TRY(require_lead(actor));
  if (link.valid < std::chrono::hours(1) || link.valid > kValidMax) {
    return invalid(fmt::format("A link may be valid for 1 to {} hours.", kValidMax.count()),
                   "hours_valid");
  }
  if (link.uses_max < 1 || link.uses_max > kUsesMax) {
    return invalid(fmt::format("A link may let in 1 to {} callers.", kUsesMax), "uses_max");
  }
  JoinLink out{.code = make_join_code(),
               .phonebank = link.phonebank,
               .created_at = clock_.now(),
               .expires_at = clock_.now() + link.valid,
               .uses_max = link.uses_max};
  const auto connection = pool_.acquire();
  pg::Transaction transaction(*connection);
  out.id = transaction
               .run(sql::kMakeJoinLink, out.code, out.phonebank, actor.text, out.created_at,
                    out.expires_at, out.uses_max)
               .only()
               .get<JoinLinkId>(0);
  const std::array changes = {link_change(out.phonebank, out.id, actor, "made")};
  feed::commit(transaction, changes);
  return out;
}

Result<std::vector<JoinLink>> AccessService::list_join_links(const Actor& actor,
                                                             PhonebankId phonebank) {
  TRY(require_lead(actor));
  std::vector<JoinLink> links;
  for (const pg::Row row : pool_.acquire()->run(sql::kListJoinLinks, phonebank)) {
    links.push_back(link_from(row));
  }
  return links;
}

Status AccessService::revoke_join_link(const Actor& actor, JoinLinkId link) {
  TRY(require_lead(actor));
  const auto connection = pool_.acquire();
  pg::Transaction transaction(*connection);
  const pg::Rows rows = transaction.run(sql::kRevokeJoinLink, link, clock_.now());
  if (rows.empty()) return refuse(ErrorCode::not_found, "There is no such join link.");
  const std::array changes = {link_change(rows[0].get<PhonebankId>(0), link, actor, "revoked")};
  feed::commit(transaction, changes);
  return {};
}

Result<JoinLink> AccessService::look_up_join_link(std::string_view code,
                                                  std::string_view earlier_token) {
  const auto clean = clean_join_code(code);
  if (!clean) return unknown_code();
  JoinLink link = TRY(valid_link(*pool_.acquire(), *clean, clock_.now()));
  if (auto places = check_places(link); !places) {
    const auto earlier = authenticate(earlier_token);
    const bool has_joined =
        earlier && earlier->role == Role::caller && earlier->phonebank == link.phonebank;
    if (!has_joined) return std::unexpected(std::move(places).error());
  }
  return link;
}

std::optional<PersonId> AccessService::rejoin(pg::Transaction& transaction,
                                              const Identity& identity,
                                              std::string_view earlier_token) {
  const pg::Bytes hash{token_hash(earlier_token)};
  const pg::Rows again =
      transaction.run(sql::kRejoinCaller, hash, *identity.phonebank, identity.name, clock_.now());
  if (again.empty()) return std::nullopt;
  transaction.run(sql::kEndSession, hash);
  return again[0].get<PersonId>(0);
}

Result<PersonId> AccessService::take_place(pg::Transaction& transaction, const JoinLink& link,
                                           const Identity& identity) {
  TRY(check_places(link));
  if (transaction.run(sql::kUseJoinLink, link.code, clock_.now()).empty()) {
    // The last place went, or the link ended, between the two statements.
    return refuse(ErrorCode::conflict, "The link has just changed. Try again.", "code");
  }
  const std::optional<std::string> none;
  return transaction
      .run(sql::kMakePerson, identity.name, none, to_string(identity.role), none, clock_.now())
      .only()
      .get<PersonId>(0);
}

Result<SignedIn> AccessService::join(std::string_view code, std::string_view name,
                                     std::string_view earlier_token) {
  const auto clean = clean_join_code(code);
  if (!clean) return unknown_code();
  Identity identity{.role = Role::caller};
  identity.name = TRY(clean_name(name));

  const auto connection = pool_.acquire();
  pg::Transaction transaction(*connection);
  const JoinLink link = TRY(valid_link(*connection, *clean, clock_.now()));
  identity.phonebank = link.phonebank;
  const auto again = rejoin(transaction, identity, earlier_token);
  identity.person = again ? *again : TRY(take_place(transaction, link, identity));
  SignedIn session = make_session(transaction, identity);
  const std::array changes = {
      feed::Change{.kind = ChangeKind::caller_joined,
                   .subject = feed::subject_of("person", identity.person),
                   .actor = session.identity.actor().text,
                   .payload = fmt::format(R"({{"phonebank":{}}})", identity.phonebank->value())}};
  feed::commit(transaction, changes);
  if (again) sessions_.forget(token_hash(earlier_token));
  return session;
}

Status AccessService::move_caller(PersonId caller, PhonebankId phonebank,
                                  const std::string& actor) {
  const auto connection = pool_.acquire();
  pg::Transaction transaction(*connection);
  if (transaction.run(sql::kMoveCaller, caller, phonebank, clock_.now()).empty()) {
    return refuse(ErrorCode::not_found, "This caller is not here any more.");
  }
  const feed::Change change{.kind = ChangeKind::caller_joined,
                            .subject = feed::subject_of("person", caller),
                            .actor = actor,
                            .payload = fmt::format(R"({{"phonebank":{}}})", phonebank.value())};
  feed::commit(transaction, {&change, 1});
  sessions_.forget_person(caller);
  return {};
}

}  // namespace hustings::access
