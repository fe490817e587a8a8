/*
 * The launcher of the Landlock wall: engine-jail [options] -- PROGRAM ARGUMENT...
 *   --rx PATH  may be read and executed    --ro PATH  may be read    --rw DIRECTORY  may be changed
 *   --connect DIRECTORY  whose sockets may be connected to           --env NAME=VALUE  all the environment there is
 * Owns the walling in: no capability, no file beyond the list (landlock(7)), few system calls (filter.h), no stray descriptor.
 * Two processes: the program behind the wall, and this one before it, which makes the connections that are allowed (broker.h)
 * and ends with it. Never runs the program when any part of the wall does not stand: it says which, and exits with 125.
 */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <linux/capability.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

static void fail(const char *what) {
  fprintf(stderr, "engine-jail: %s: %s\n", what, strerror(errno));
  exit(125);
}

#include "broker.h"
#include "filter.h"

/* Of linux/landlock.h, written out because the header of the machine may be older than its kernel. */
enum { CREATE_RULESET = 444, ADD_RULE = 445, RESTRICT_SELF = 446, ABI_VERSION = 1, PATH_BENEATH = 1 };
enum { EXECUTE = 1 << 0, WRITE_FILE = 1 << 1, READ_FILE = 1 << 2, READ_DIR = 1 << 3, REMOVE = 3 << 4, MAKE_DIR = 1 << 7 };
enum { MAKE_REG = 1 << 8, MAKE_SOCK = 1 << 9, REFER = 1 << 13, TRUNCATE = 1 << 14 };
enum { ON_FILES = EXECUTE | WRITE_FILE | READ_FILE | TRUNCATE };
struct ruleset { uint64_t files, net, scoped; };
struct beneath { uint64_t allowed; int32_t parent; } __attribute__((packed));

/* What a kernel of each ABI can be asked to forbid. Before ABI 2 no file could be renamed into another directory. */
static int files_by_abi[] = {0, 0, (1 << 14) - 1, (1 << 15) - 1, (1 << 15) - 1, (1 << 16) - 1};

static long ask_abi(void) {
  long abi = syscall(CREATE_RULESET, NULL, 0, ABI_VERSION);
  if (abi < 0) fail("the kernel has no Landlock, or it is turned off");
  if (abi < 2) { errno = ENOSYS; fail("the kernel's Landlock is too old; Linux 5.19 or newer is needed"); }
  return abi;
}

static void allow(int ruleset, uint64_t known, const char *path, uint64_t rights) {
  struct stat facts;
  int opened = open(path, O_PATH | O_CLOEXEC);
  if (opened < 0 || fstat(opened, &facts) < 0) fail(path);
  if (!S_ISDIR(facts.st_mode)) rights &= ON_FILES;
  struct beneath rule = {.allowed = rights & known, .parent = opened};
  if (syscall(ADD_RULE, ruleset, PATH_BENEATH, &rule, 0) < 0) fail(path);
  close(opened);
}

/* The signal scope keeps other processes from being signalled, the net rights bind and connect; filter.h does both again. */
static int make_ruleset(long abi, uint64_t known) {
  struct ruleset wanted = {known, abi >= 4 ? 3 : 0, abi >= 6 ? 3 : 0};
  int made = syscall(CREATE_RULESET, &wanted, abi >= 6 ? 24 : abi >= 4 ? 16 : 8, 0);
  if (made < 0) fail("Landlock takes no rules");
  return made;
}

/* Root without capabilities, and with none to get by exec: what is left are its rights as an owner of files. */
static void drop_capabilities(void) {
  for (int one = 0; one < 64; one++) prctl(PR_CAPBSET_DROP, one, 0, 0, 0);
  prctl(PR_CAP_AMBIENT, PR_CAP_AMBIENT_CLEAR_ALL, 0, 0, 0);
  struct __user_cap_header_struct header = {_LINUX_CAPABILITY_VERSION_3, 0};
  struct __user_cap_data_struct none[2] = {{0}};
  if (syscall(SYS_capset, &header, none) < 0) fail("capabilities could not be dropped");
  if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) < 0) fail("no_new_privs could not be set");
}

static void close_strays(void) {
#ifdef SYS_close_range
  if (syscall(SYS_close_range, 3, ~0U, 0) == 0) return;
#endif
  for (long one = sysconf(_SC_OPEN_MAX); one >= 3; one--) close(one);
}

int main(int count, char **words) {
  close_strays();
  long abi = ask_abi();
  uint64_t known = files_by_abi[abi > 5 ? 5 : abi];
  int ruleset = make_ruleset(abi, known), at = 1;
  const char *broker = NULL;
  clearenv();
  for (; at + 1 < count && strcmp(words[at], "--") != 0; at += 2) {
    const char *option = words[at], *value = words[at + 1];
    if (!strcmp(option, "--rx")) allow(ruleset, known, value, READ_FILE | READ_DIR | EXECUTE);
    else if (!strcmp(option, "--ro")) allow(ruleset, known, value, READ_FILE | READ_DIR);
    else if (!strcmp(option, "--rw"))
      allow(ruleset, known, value, READ_FILE | READ_DIR | WRITE_FILE | REMOVE | MAKE_DIR | MAKE_REG | MAKE_SOCK | REFER | TRUNCATE);
    else if (!strcmp(option, "--connect")) broker = value;
    else if (!strcmp(option, "--env")) putenv((char *)value);
    else { errno = EINVAL; fail(option); }
  }
  if (++at >= count) { errno = EINVAL; fail("nothing to run"); }
  allow(ruleset, known, "/dev/null", READ_FILE | WRITE_FILE);
  allow(ruleset, known, "/dev/urandom", READ_FILE);
  drop_capabilities();

  int ends[2];
  if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends) < 0) fail("socketpair");
  pid_t outside = getpid(), inside = fork();
  if (inside < 0) fail("fork");
  if (inside > 0) {
    close(ruleset);
    close(ends[1]);
    return keep_door(inside, receive_descriptor(ends[0]), broker);
  }
  // The one outside may be killed, and takes the one inside along.
  if (prctl(PR_SET_PDEATHSIG, SIGKILL, 0, 0, 0) < 0 || getppid() != outside) fail("the launcher is gone");
  if (syscall(RESTRICT_SELF, ruleset, 0) < 0) fail("Landlock does not take hold");
  send_descriptor(ends[1], install_filter());
  execv(words[at], words + at);
  fail(words[at]);
}
