#include "cli/demo/campaign.h"

#include <chrono>
#include <thread>

#include <boost/json.hpp>

namespace hustings::cli {
namespace {

namespace json = boost::json;

constexpr std::chrono::milliseconds kPollEvery{100};

json::value script_of_the_demo() {
  return {{"name", "First contact"},
          {"introduction",
           "Hello, may I speak with {first_name}? I am a volunteer for the campaign and would like "
           "to ask two short questions."},
          {"closing", "Thank you for your time. Have a good day!"},
          {"questions",
           {{{"key", "support"},
             {"kind", "choice"},
             {"text", "If the election were today, whom would you vote for?"},
             {"choices", {"Our candidate", "The other candidate", "Undecided"}}},
            {{"key", "issue"},
             {"kind", "choice"},
             {"text", "Which of these matters most to you?"},
             {"choices", {"Economy", "Health", "Education", "Environment", "Safety"}}}}}};
}

json::value with_answer(const json::value& rule, json::array choices) {
  return {{"all", {rule, {{"field", "answer:support"}, {"in", std::move(choices)}}}}};
}

}  // namespace

Result<json::value> Campaign::import(const std::filesystem::path& file, const std::string& layout,
                                     const std::function<void(const json::value&)>& progress) {
  const json::value uploaded = TRY(api_.upload(file));
  json::value run =
      TRY(api_.post("/v1/imports", {{"layout", layout}, {"upload", uploaded.at("upload")}}));
  const std::string path = "/v1/imports/" + text_at(run, "id");
  while (text_at(run, "state") == "running") {
    progress(run);
    std::this_thread::sleep_for(kPollEvery);
    run = TRY(api_.get(path));
  }
  if (text_at(run, "state") != "published") {
    const json::value& error = run.at("error");
    return refuse(ErrorCode::invalid,
                  error.is_string() ? std::string(error.get_string()) : "The import was stopped.");
  }
  return run;
}

Result<std::vector<Campaign::Segment>> Campaign::make_segments() {
  const json::value with_phone = {{"field", "has_phone"}, {"is", true}};
  std::vector<Segment> segments;
  const std::pair<const char*, const char*> parties[] = {{"Reachable voters", ""},
                                                         {"Democrats", "DEM"},
                                                         {"Unaffiliated", "UNA"},
                                                         {"Republicans", "REP"}};
  for (const auto& [name, party] : parties) {
    json::array all = {with_phone};
    if (*party != '\0') all.push_back({{"field", "party"}, {"in", {party}}});
    Segment segment{.id = {}, .name = name, .party = party, .rule = {{"all", std::move(all)}}};
    const json::value saved =
        TRY(api_.post("/v1/segments", {{"name", segment.name}, {"rule", segment.rule}}));
    segment.id = text_at(saved, "id");
    segment.count = number_at(saved, "count");
    segments.push_back(std::move(segment));
  }
  return segments;
}

Result<std::int64_t> Campaign::count(const json::value& rule) {
  return number_at(TRY(api_.post("/v1/segments/count", {{"rule", rule}})), "count");
}

Result<Campaign::Bank> Campaign::open_phonebank(const Segment& segment, int callers) {
  const json::value list = TRY(api_.post(
      "/v1/lists",
      {{"name", "First contact"}, {"segment", segment.id}, {"holdout_percent", 10}, {"seed", 1}}));
  const json::value script = TRY(api_.post("/v1/scripts", script_of_the_demo()));
  // Nobody here is real, so the demo may phone at any hour; a campaign's phone bank may not.
  const json::value bank = TRY(api_.post("/v1/phonebanks", {{"name", "First contact"},
                                                            {"list", list.at("id")},
                                                            {"script", script.at("id")},
                                                            {"retry_minutes", 240},
                                                            {"lease_seconds", 300},
                                                            {"attempts_max", 3},
                                                            {"opens", "00:00"},
                                                            {"closes", "24:00"}}));
  const std::string id = text_at(bank, "id");
  const json::value open = TRY(api_.post("/v1/phonebanks/" + id + "/state", {{"state", "open"}}));
  const json::value link = TRY(api_.post("/v1/phonebanks/" + id + "/join-links",
                                         {{"hours_valid", 12}, {"uses_max", callers * 2 + 100}}));
  return Bank{id, text_at(link, "code"), number_at(open, "counts.lines")};
}

Result<Campaign::Support> Campaign::support_in(const Segment& segment) {
  return Support{.asked = TRY(count(with_answer(segment.rule, {1, 2, 3}))),
                 .yes = TRY(count(with_answer(segment.rule, {1})))};
}

}  // namespace hustings::cli
