#include "simulate/campaign.h"

#include <csignal>

#include <boost/json.hpp>
#include <fmt/format.h>

#include "base/secret.h"

namespace hustings::simulate {
namespace {

namespace json = boost::json;

/// Room for as many requests as there are callers: all of them may come in the same second.
constexpr std::string_view kConfig = R"([server]
request_queue_max = 20000
[log]
level = "warning"
)";

json::value script() {
  return {{"name", "Simulated"},
          {"introduction", "Hello, may I speak with {first_name}?"},
          {"closing", "Thank you."},
          {"questions",
           {{{"key", "support"},
             {"kind", "choice"},
             {"text", "If the election were today, whom would you vote for?"},
             {"choices", {"Our candidate", "The other candidate"}}}}}};
}

}  // namespace

Result<std::unique_ptr<Campaign>> Campaign::open(const Options& options) {
  std::unique_ptr<Campaign> campaign(new Campaign(options));
  TRY(campaign->begin());
  return campaign;
}

Status Campaign::begin() {
  server_ = TRY(ServerProcess::start({.program = options_.program,
                                      .data_dir = options_.data_dir,
                                      .config = std::string(kConfig),
                                      .preload = options_.preload}));
  api_ = std::make_unique<ApiClient>(server_->port());
  const std::string token = TRY(server_->setup_token());
  TRY(api_->post("/v1/session/link", {{"token", token},
                                      {"name", "Simulated Administrator"},
                                      {"email", "simulate@example.org"},
                                      {"password", random_code(4)}}));
  const auto lists = TRY(lay_down_lines());
  // What the program holds in memory of the electorate is read anew.
  server_->signal(SIGTERM);
  TRY(server_->restart());
  api_->disconnect();
  const json::value made = TRY(api_->post("/v1/scripts", script()));
  question_ = std::string(made.at("questions").at(0).at("id").as_string());
  for (const ListId list : lists)
    TRY(open_phonebank(list, text_at(made, "id")));
  return {};
}

Result<std::vector<ListId>> Campaign::lay_down_lines() {
  const auto connection = TRY(database());
  std::vector<ListId> lists;
  const std::int64_t each = options_.lines / options_.phonebanks;
  for (int i = 0; i < options_.phonebanks; ++i)
    lists.push_back(lay_down(*connection, {.first = 1 + i * each, .count = each}));
  // Not the tables that the calls will fill: empty, they would be planned for as such.
  connection->run_text("analyze voter, phone, list_member, suppression, consent", "analyze");
  return lists;
}

Status Campaign::open_phonebank(ListId list, const std::string& script) {
  // Nobody here is real, so they may be called at any hour; a campaign's voters may not.
  const json::value bank =
      TRY(api_->post("/v1/phonebanks", {{"name", fmt::format("Simulated {}", list.value())},
                                        {"list", list.text()},
                                        {"script", script},
                                        {"retry_minutes", options_.retry.count()},
                                        {"lease_seconds", options_.lease.count()},
                                        {"attempts_max", 3},
                                        {"opens", "00:00"},
                                        {"closes", "24:00"}}));
  const std::string id = text_at(bank, "id");
  phonebanks_.push_back(id);
  // The next number after a wrong one comes while the simulation still runs.
  TRY(api_->post("/v1/phonebanks/" + id + "/pace", {{"next_at_once", true}}));
  TRY(api_->post("/v1/phonebanks/" + id + "/state", {{"state", "open"}}));
  const int callers = options_.callers / options_.phonebanks;
  const json::value link = TRY(api_->post("/v1/phonebanks/" + id + "/join-links",
                                          {{"hours_valid", 24}, {"uses_max", callers}}));
  return join(callers, id, text_at(link, "code"));
}

Status Campaign::join(int callers, const std::string& phonebank, const std::string& code) {
  const auto of = PhonebankId::from_text(phonebank);
  for (int i = 0; i < callers; ++i) {
    ApiClient client(server_->port());
    TRY(client.post("/v1/join", {{"code", code}, {"name", fmt::format("Caller {}", i + 1)}}));
    sessions_.push_back({.cookie = client.cookie(),
                         .csrf = client.csrf(),
                         .phonebank = of.value_or(PhonebankId())});
  }
  return {};
}

Result<std::unique_ptr<pg::Connection>> Campaign::database() const {
  pg::ConnectOptions options;
  options.url = TRY(server_->database_url());
  options.application = "hustings simulate";
  return std::make_unique<pg::Connection>(options);
}

net::LiveFleet::Options Campaign::fleet() const {
  net::LiveFleet::Options options;
  options.port = server_->port();
  options.target = "/v1/live?topics=bars";
  return options;
}

}  // namespace hustings::simulate
