#include <fmt/format.h>

#include "access/access_service.h"
#include "app/installation.h"
#include "cli/commands.h"
#include "cli/log_of.h"

namespace hustings::cli {
namespace {

std::string base_url(const Config& config) {
  return config.public_url.empty()
             ? fmt::format("http://{}:{}", config.listen_address, config.listen_port)
             : config.public_url;
}

Status print_link(const Config& config, access::AccessService& access, PersonId person) {
  const auto link = TRY(access.make_sign_in_link(access::Actor{}, person));
  fmt::print("{}/enter?token={}\n", base_url(config), link.token);
  return {};
}

Status add(const Config& config, const PersonArguments& arguments) {
  Log log = quiet_log_of(config);
  const auto installation =
      TRY(app::Installation::open(config, app::Installation::Part::tools, log));
  const auto role = access::role_from(arguments.role);
  if (!role) return invalid("There is no such role.", "--role");
  const auto person = TRY(installation->access().create_person(
      access::Actor{},
      {.name = arguments.name, .email = arguments.email, .role = *role, .password = std::nullopt}));
  fmt::print("{} was added. The first sign-in, once and within 24 hours:\n", arguments.role);
  return print_link(config, installation->access(), person.id);
}

Status link(const Config& config, const std::string& email) {
  Log log = quiet_log_of(config);
  const auto installation =
      TRY(app::Installation::open(config, app::Installation::Part::tools, log));
  const auto person = TRY(installation->access().find_person(email));
  return print_link(config, installation->access(), person.id);
}

int code_of(const Status& ended) {
  if (ended) return 0;
  fmt::print(stderr, "hustings: {}\n", ended.error().text());
  return 2;
}

}  // namespace

int add_person(const Config& config, const PersonArguments& arguments) {
  return code_of(add(config, arguments));
}

int make_sign_in_link(const Config& config, const std::string& email) {
  return code_of(link(config, email));
}

}  // namespace hustings::cli
