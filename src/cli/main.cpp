#include <cstdio>
#include <functional>

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include "app/installation.h"
#include "base/config.h"
#include "cli/allocate/allocation_commands.h"
#include "cli/analysis/analysis_commands.h"
#include "cli/commands.h"

namespace {

using hustings::Config;
namespace cli = hustings::cli;

/// What was asked for, once the command line has been read.
struct Options {
  std::string config_file;
  std::string data_dir;
  std::string database_url;
  std::string listen_address;
  std::int64_t port = -1;
  cli::ImportArguments import;
  cli::RejectsArguments rejects;
  cli::UndoArguments undo;
  cli::SuppressArguments suppress;
  cli::ArchiveArguments archive;
  cli::RightsArguments rights;
  cli::PersonArguments person;
  cli::DemoArguments demo;
  cli::SimulateArguments simulate;
  cli::LinkArguments link;
  cli::ResolveArguments resolve;
  cli::AllocationArguments allocation;
  cli::AnalysisArguments analysis;
  int shards = 32;
};

int refuse(const hustings::Error& error) {
  fmt::print(stderr, "hustings: {}\n", error.text());
  return 2;
}

hustings::Result<Config> effective_config(const Options& options) {
  Config config;
  if (!options.config_file.empty()) config = TRY(hustings::load_config(options.config_file));
  if (!options.data_dir.empty()) config.data_dir = options.data_dir;
  if (!options.database_url.empty()) config.database_url = options.database_url;
  if (!options.listen_address.empty()) config.listen_address = options.listen_address;
  if (options.port >= 0) config.listen_port = options.port;
  return config;
}

void add_import_commands(CLI::App& app, Options& options,
                         std::function<int(const Config&)>& chosen) {
  CLI::App* import = app.add_subcommand("import", "Import a voter file, a vote history or scores");
  import->add_option("file", options.import.file, "The file, archive or folder of parts")
      ->required();
  import->add_option("parts", options.import.parts, "Further files of the same delivery");
  import->add_option("--map", options.import.mapping,
                     "Column of a target, one each: last_name=Surname; with what is taken of it: "
                     "last_name:before_comma=Name; or a text that all rows have: state==NC");
  import->add_flag("--parts-may-be-missing", options.import.parts_may_be_missing,
                   "Take a delivery that lacks parts which the layout expects");
  import->add_option("--layout", options.import.layout,
                     "What its columns are: nc, oh, fl, generic, … (an unknown one lists all), "
                     "auto, or a .toml file");
  import->add_flag("--preview", options.import.preview,
                   "Show how the file's columns are read and what its first rows become");
  import
      ->add_option("--country", options.import.country,
                   "With --preview: the country whose numbers are written without a calling code "
                   "(an import takes the campaign's choice)")
      ->check(CLI::IsMember({"us", "uk", "de", "at", "ch"}));
  import->add_option("--mends", options.import.mends,
                     "The file holds rows that this import had rejected, mended: imp_…");
  import->add_option("--run-name", options.import.run_name, "Of scores: what to call the run");
  import->add_flag("--dry-run", options.import.dry_run,
                   "Say what the file would change, and change nothing");
  import
      ->add_option("--absent-share-max", options.import.absent_share_max,
                   "Of the known voters of its counties, how many the file may lack (0.1)")
      ->check(CLI::Range(0.0, 1.0));
  import
      ->add_option("--blank-keeps", options.import.blank_keeps,
                   "Fields that an empty value of this file does not clear: phone,email")
      ->delimiter(',');
  import->callback([&] {
    chosen = [&](const Config& c) {
      return options.import.preview ? cli::preview_file(options.import)
                                    : cli::import_file(c, options.import);
    };
  });
  CLI::App* rejects =
      app.add_subcommand("rejects", "Write the rows that an import did not take, to be mended");
  rejects->add_option("import", options.rejects.import, "The import: imp_…")->required();
  rejects
      ->add_option("--out", options.rejects.out,
                   "The file for the rows; the reasons go beside it, to FILE.reasons.csv")
      ->required();
  rejects->callback(
      [&] { chosen = [&](const Config& c) { return cli::write_rejects(c, options.rejects); }; });
  app.add_subcommand("imports", "List the imports, newest first")->callback([&] {
    chosen = [](const Config& c) { return cli::list_imports(c); };
  });
  CLI::App* undo = app.add_subcommand("undo", "Take an import back, as if it had never been");
  undo->add_option("import", options.undo.import, "The import: imp_…")->required();
  undo->callback(
      [&] { chosen = [&](const Config& c) { return cli::undo_import(c, options.undo); }; });
}

void add_people_commands(CLI::App& app, Options& options,
                         std::function<int(const Config&)>& chosen) {
  CLI::App* person =
      app.add_subcommand("person", "People who sign in: add one, or make a sign-in link");
  person->require_subcommand(1);
  CLI::App* add =
      person->add_subcommand("add", "Add a person; prints a link for the first sign-in");
  add->add_option("--name", options.person.name, "The person's name")->required();
  add->add_option("--email", options.person.email, "The e-mail address to sign in with")
      ->required();
  add->add_option("--role", options.person.role, "What the person is here to do")
      ->required()
      ->check(CLI::IsMember({"administrator", "data_director", "phonebank_lead", "analyst"}));
  add->callback(
      [&] { chosen = [&](const Config& c) { return cli::add_person(c, options.person); }; });
  CLI::App* link = person->add_subcommand("link", "A one-time sign-in link, for a lost password");
  link->add_option("--email", options.person.email, "Whose")->required();
  link->callback([&] {
    chosen = [&](const Config& c) { return cli::make_sign_in_link(c, options.person.email); };
  });
}

void add_resolve_command(CLI::App& app, Options& options,
                         std::function<int(const Config&)>& chosen) {
  CLI::App* resolve =
      app.add_subcommand("resolve", "Find out which records of all voter files are of one person");
  resolve->add_flag("--new", options.resolve.only_new,
                    "Only what the newest files brought, against all other sources");
  resolve->add_option("--threads", options.resolve.threads, "Cores to use; 0 is all")
      ->check(CLI::Range(0, 64));
  resolve->callback(
      [&] { chosen = [&](const Config& c) { return cli::resolve(c, options.resolve); }; });
}

void add_suppress_commands(CLI::App& app, Options& options,
                           std::function<int(const Config&)>& chosen) {
  cli::SuppressArguments& suppress = options.suppress;
  CLI::App* group = app.add_subcommand("suppress", "Numbers that must not be called, one a line");
  group->require_subcommand(1);
  const auto add_reason = [&](CLI::App* command) {
    command->add_option("--reason", suppress.reason, "Why they must not be called")
        ->check(CLI::IsMember({"do_not_call", "wrong_number", "disconnected"}))
        ->capture_default_str();
  };
  CLI::App* in = group->add_subcommand("import", "Bar every number of a file: all or none");
  in->add_option("file", suppress.file, "The file")->required();
  in->add_option("--source", suppress.source, "Where the list comes from")->required();
  add_reason(in);
  in->callback(
      [&] { chosen = [&](const Config& c) { return cli::import_suppressions(c, suppress); }; });
  CLI::App* voted = group->add_subcommand(
      "already-voted", "Take everybody whose ballot is in out of all phone banks");
  voted->add_option("file", suppress.file, "A list of ids, or a state's file with a header")
      ->required();
  voted->add_option("--source", suppress.source, "Whose ids the file uses, such as nc")->required();
  voted->add_option("--column", suppress.column, "The column of the ids, if it is not found");
  voted->add_option("--from", suppress.from, "Where the file comes from, in words");
  voted->callback(
      [&] { chosen = [&](const Config& c) { return cli::import_already_voted(c, suppress); }; });
  CLI::App* out = group->add_subcommand("export", "Print the numbers that are barred now");
  add_reason(out);
  out->callback(
      [&] { chosen = [&](const Config& c) { return cli::export_suppressions(c, suppress); }; });
}

void add_archive_commands(CLI::App& app, Options& options,
                          std::function<int(const Config&)>& chosen) {
  const auto add = [&](const char* name, const char* says, std::function<int(const Config&)> run) {
    CLI::App* command = app.add_subcommand(name, says);
    command->add_option("folder", options.archive.folder, "The archive's folder")->required();
    command->callback([&chosen, run] { chosen = run; });
    return command;
  };
  add("archive", "Write every table into a folder, and verify what was written",
      [&](const Config& c) { return cli::write_archive(c, options.archive); });
  add("verify", "Read an archive back and compare every digest",
      [&](const Config&) { return cli::verify_archive(options.archive); });
  add("restore", "Bring an archive back into an empty installation",
      [&](const Config& c) { return cli::restore_archive(c, options.archive); })
      ->add_option("--erased-in", options.archive.erased_in,
                   "A newer archive, or a file of 'erase --export': who was erased by then does "
                   "not come back");
}

void add_rights_commands(CLI::App& app, Options& options,
                         std::function<int(const Config&)>& chosen) {
  cli::RightsArguments& rights = options.rights;
  CLI::App* data = app.add_subcommand("person-data", "Everything that is known of one person");
  data->add_option("voter", rights.voter, "The voter: vtr_…")->required();
  data->add_option("--out", rights.out, "A new file, JSON")->required();
  data->callback([&] { chosen = [&](const Config& c) { return cli::person_data(c, rights); }; });
  CLI::App* erase = app.add_subcommand(
      "erase", "Erase a person from every table, for good; without --yes: what would go");
  erase->add_option("voter", rights.voter, "The voter: vtr_…");
  erase->add_option("--reason", rights.reason, "Why")
      ->check(CLI::IsMember({"person_asked", "law", "minor", "mistake"}))
      ->capture_default_str();
  erase->add_flag("--yes", rights.is_sure, "Do it");
  erase->add_option("--export", rights.out, "Write the tombstones of all who were erased");
  erase->add_option("--again", rights.again,
                    "Erase whoever was erased by the time of this archive or exported file");
  erase->callback([&] { chosen = [&](const Config& c) { return cli::erase_person(c, rights); }; });
}

void add_db_commands(CLI::App& app, Options& options, std::function<int(const Config&)>& chosen) {
  CLI::App* group = app.add_subcommand("db", "The database behind it all");
  group->require_subcommand(1);
  CLI::App* distribute = group->add_subcommand(
      "distribute", "Spread the large tables over several servers with Citus; safe to repeat");
  distribute->add_option("--shards", options.shards, "Parts of each table")
      ->check(CLI::Range(1, 4096))
      ->capture_default_str();
  distribute->callback([&] {
    chosen = [&](const Config& c) { return cli::distribute_database(c, options.shards); };
  });
}

void add_demo_command(CLI::App& app, Options& options, std::function<int(const Config&)>& chosen) {
  cli::DemoArguments& demo = options.demo;
  CLI::App* command = app.add_subcommand(
      "demo", "An invented campaign: voters, calls and answers, live in the browser");
  command->add_option("--voters", demo.voters, "How many voters to invent")
      ->check(CLI::Range(1000, 20'000'000));
  command->add_option("--callers", demo.callers, "How many phone at one time")
      ->check(CLI::Range(1, 2000));
  command->add_option("--seconds", demo.seconds, "How long they phone before the summary")
      ->check(CLI::Range(1, 3600));
  command->add_option("--seed", demo.seed, "Another seed invents other people");
  command->add_flag("--exit", demo.exit_after,
                    "End with the summary; code 0 only if every check held");
  command->add_flag("--keep", demo.keep, "Keep the data directory");
  command->callback([&] {
    chosen = [&](const Config& c) {
      demo.folder = options.data_dir;
      return cli::demo(c, demo);
    };
  });
}

void add_simulate_command(CLI::App& app, Options& options,
                          std::function<int(const Config&)>& chosen) {
  cli::SimulateArguments& simulate = options.simulate;
  CLI::App* command = app.add_subcommand(
      "simulate",
      "Invented callers on a server of their own; a checker proves that no call was "
      "lost, doubled, forbidden, too soon or left out");
  command->add_option("--lines", simulate.lines, "Numbers to call")
      ->check(CLI::Range(100, 1'900'000));
  command->add_option("--callers", simulate.callers, "How many call at one time")
      ->check(CLI::Range(1, 19'000));
  command->add_option("--seconds", simulate.seconds, "How long")->check(CLI::Range(1, 86'400));
  command->add_option("--calls", simulate.calls, "How many calls, in place of how long")
      ->check(CLI::Range(0, 100'000'000));
  command
      ->add_option("--think-ms", simulate.think_ms,
                   "Mean time on a call, e.g. 45000; 0: as fast as it goes")
      ->check(CLI::Range(0, 3'600'000));
  command->add_option("--lease-seconds", simulate.lease_seconds, "How long a number is lent")
      ->check(CLI::Range(30, 7200));
  command->add_option("--seed", simulate.seed, "Another seed, other callers and voters");
  command
      ->add_option("--disturb", simulate.disturb,
                   "What goes wrong meanwhile, one after the other: kill_program, kill_database, "
                   "kill_backends, freeze, cut, clock, full_disk")
      ->delimiter(',');
  command->add_option("--clock-library", simulate.clock_library,
                      "For the disturbance clock: a library that turns the program's clock");
  command->add_flag("--keep", simulate.keep, "Keep the data directory");
  command->callback([&] {
    chosen = [&](const Config&) {
      simulate.folder = options.data_dir;
      return cli::simulate_callers(simulate);
    };
  });
}

void add_link_command(CLI::App& app, Options& options, std::function<int(const Config&)>& chosen) {
  cli::LinkArguments& link = options.link;
  CLI::App* command = app.add_subcommand(
      "link", "Find who is in both of two CSV files, or twice in one; needs no database");
  command->add_option("left", link.left, "A CSV file with a header")->required();
  command->add_option("right", link.right, "Another; without it, duplicates within the first");
  command
      ->add_option("--map", link.maps,
                   "What a column is, where its name does not tell: first=vorname")
      ->allow_extra_args(false);
  command->add_option("--out", link.folder, "The folder for pairs.csv and clusters.csv")
      ->capture_default_str();
  command->add_option("--threshold", link.threshold, "The least probability of a pair")
      ->capture_default_str()
      ->check(CLI::Range(0.0, 1.0));
  command->add_flag("--one-to-one", link.one_to_one, "Nobody stands twice in one of the files");
  command->add_option("--truth", link.truth,
                      "A column that is equal for one person: prints precision and recall");
  command->add_option("--threads", link.threads, "0: one for each core")->check(CLI::Range(0, 64));
  command->callback([&] { chosen = [&](const Config&) { return cli::link_csv(link); }; });
}

void describe(CLI::App& app, Options& options, std::function<int(const Config&)>& chosen) {
  app.set_version_flag("--version", hustings::app::version());
  app.require_subcommand(1);
  app.fallthrough();
  app.add_option("--config", options.config_file, "A TOML file (docs/reference/configuration.md)");
  app.add_option("--data", options.data_dir, "The data directory (default: hustings-data)");
  app.add_option("--database", options.database_url,
                 "A PostgreSQL server to use, as libpq reads it");
  app.add_option("--listen", options.listen_address,
                 "The address to listen on (default: 127.0.0.1)");
  app.add_option("--port", options.port, "The port to listen on; 0 takes any free one")
      ->check(CLI::Range(0, 65535));

  app.add_subcommand("serve", "Run the pages, the API and the database until Ctrl-C")
      ->callback([&] { chosen = [](const Config& c) { return cli::serve(c); }; });
  add_import_commands(app, options, chosen);
  add_suppress_commands(app, options, chosen);
  add_archive_commands(app, options, chosen);
  add_rights_commands(app, options, chosen);
  add_people_commands(app, options, chosen);
  add_db_commands(app, options, chosen);
  add_demo_command(app, options, chosen);
  add_simulate_command(app, options, chosen);
  add_link_command(app, options, chosen);
  add_resolve_command(app, options, chosen);
  cli::add_allocation_commands(app, options.allocation, [&](const std::function<int()>& run) {
    chosen = [run](const Config&) { return run(); };
  });
  cli::add_analysis_commands(app, options.analysis, [&](const std::function<int()>& run) {
    chosen = [run](const Config&) { return run(); };
  });
  app.add_subcommand("config", "Print every setting with its default and its limits")
      ->callback([&] {
        chosen = [](const Config&) {
          fmt::print("{}", hustings::config_reference());
          return 0;
        };
      });
}

}  // namespace

int main(int argc, char** argv) {
  CLI::App app("Hustings: the campaign's whole data stack. Start with: hustings demo");
  Options options;
  std::function<int(const Config&)> chosen;
  describe(app, options, chosen);
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    if (error.get_exit_code() == 0) return app.exit(error);
    fmt::print(stderr, "hustings: {} (hustings --help says what there is)\n", error.what());
    return 2;
  }
  const auto config = effective_config(options);
  if (!config) return refuse(config.error());
  try {
    return chosen(*config);
  } catch (const hustings::Failure& failure) {
    fmt::print(stderr, "hustings: {}\n", failure.what());
    return 2;
  }
}
