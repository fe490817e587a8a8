/*
 * The system calls an engine may make: all that are not forbidden here (seccomp(2)). Landlock guards files; this guards what
 * it does not, or not on older kernels: sockets, other processes, owners and modes of files, the kernel's own doors.
 * Never decides by what a pointer points to: connect(2), which has to be, is asked of the broker.
 */
#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <sched.h>
#include <stddef.h>

#if defined(__x86_64__)
#define ARCHITECTURE AUDIT_ARCH_X86_64
#elif defined(__aarch64__)
#define ARCHITECTURE AUDIT_ARCH_AARCH64
#else
#error "The wall of system calls is written for x86-64 and arm64."
#endif

static const int forbidden[] = {
    /* other processes; those of this machine run as the same user */
    SYS_ptrace, SYS_process_vm_readv, SYS_process_vm_writev, SYS_tkill, SYS_rt_sigqueueinfo, SYS_rt_tgsigqueueinfo, SYS_kcmp,
    424 /* pidfd_send_signal */, 434 /* pidfd_open */, 438 /* pidfd_getfd */, 440 /* process_madvise */, 448 /* process_mrelease */,
    SYS_setpriority, SYS_ioprio_set, SYS_sched_setaffinity, SYS_sched_setscheduler, SYS_sched_setparam, SYS_sched_setattr,
    SYS_migrate_pages, SYS_move_pages, SYS_unshare, SYS_setns,
    /* memory and queues shared by name */
    SYS_shmget, SYS_shmat, SYS_shmctl, SYS_msgget, SYS_msgsnd, SYS_msgrcv, SYS_msgctl, SYS_semget, SYS_semop, SYS_semtimedop,
    SYS_semctl, SYS_mq_open, SYS_mq_unlink,
    /* files by path, past Landlock: truncate(2) before its ABI 3, modes, owners and attributes in every one */
    SYS_truncate, SYS_fchmodat, 452 /* fchmodat2 */, SYS_fchownat, SYS_setxattr, SYS_lsetxattr, SYS_removexattr,
    SYS_lremovexattr, 463 /* setxattrat */, 466 /* removexattrat */, SYS_name_to_handle_at, SYS_open_by_handle_at,
    SYS_fanotify_init, SYS_inotify_init1,
    /* the tree of files, and the kernel */
    SYS_mount, SYS_umount2, SYS_pivot_root, SYS_chroot, 428 /* open_tree */, 429 /* move_mount */, 430 /* fsopen */, 432 /* fsmount */,
    442 /* mount_setattr */, SYS_swapon, SYS_swapoff, SYS_quotactl, SYS_bpf, SYS_perf_event_open, SYS_userfaultfd, SYS_keyctl,
    SYS_add_key, SYS_request_key, SYS_init_module, SYS_finit_module, SYS_delete_module, SYS_kexec_load, SYS_reboot, SYS_syslog,
    SYS_acct, SYS_settimeofday, SYS_clock_settime, SYS_adjtimex, SYS_sethostname, SYS_setdomainname, SYS_vhangup, SYS_personality,
#ifdef __x86_64__
    SYS_fork, SYS_vfork, SYS_chmod, SYS_chown, SYS_lchown, SYS_utime, SYS_utimes, SYS_futimesat, SYS_inotify_init, SYS_iopl, SYS_ioperm,
#endif
};
/* Answered as by a kernel that does not have them, for which libc and libuv have another way, one that is filtered. */
static const int unknown[] = {425 /* io_uring_setup */, 426, 427, 435 /* clone3 */};

static struct sock_filter program[512];
static unsigned short steps = 0;

static void add(unsigned short code, unsigned char yes, unsigned char no, unsigned value) {
  program[steps++] = (struct sock_filter){code, yes, no, value};
}
enum { LOAD = BPF_LD | BPF_W | BPF_ABS, EQUALS = BPF_JMP | BPF_JEQ | BPF_K, AND = BPF_ALU | BPF_AND | BPF_K, RETURN = BPF_RET | BPF_K };
#define REFUSE(error) (SECCOMP_RET_ERRNO | (error))
#define ARGUMENT(which) offsetof(struct seccomp_data, args[which])

/* Refuse `call` unless its argument, as far as `mask` shows it, is `wanted`. Low words: all of these are ints. */
static void only_if(int call, int which, unsigned mask, unsigned wanted, int error) {
  add(EQUALS, 0, 5, call);
  add(LOAD, 0, 0, ARGUMENT(which));
  add(AND, 0, 0, mask);
  add(EQUALS, 1, 0, wanted);
  add(RETURN, 0, 0, REFUSE(error));
  add(LOAD, 0, 0, offsetof(struct seccomp_data, nr));
}

/* @returns where connect(2) is asked for */
static int install_filter(void) {
  unsigned self = getpid();
  add(LOAD, 0, 0, offsetof(struct seccomp_data, arch));
  add(EQUALS, 1, 0, ARCHITECTURE);
  add(RETURN, 0, 0, SECCOMP_RET_KILL_PROCESS);
  add(LOAD, 0, 0, offsetof(struct seccomp_data, nr));
#ifdef __x86_64__
  add(BPF_JMP | BPF_JGE | BPF_K, 0, 1, 0x40000000); /* the other numbering, x32 */
  add(RETURN, 0, 0, REFUSE(ENOSYS));
#endif
  for (unsigned one = 0; one < sizeof forbidden / sizeof *forbidden; one++) {
    add(EQUALS, 0, 1, forbidden[one]);
    add(RETURN, 0, 0, REFUSE(EPERM));
  }
  for (unsigned one = 0; one < sizeof unknown / sizeof *unknown; one++) {
    add(EQUALS, 0, 1, unknown[one]);
    add(RETURN, 0, 0, REFUSE(ENOSYS));
  }
  /* No network, and no datagrams, which carry an address without connect(2). */
  const int sockets[] = {SYS_socket, SYS_socketpair};
  for (int one = 0; one < 2; one++) {
    only_if(sockets[one], 0, ~0U, AF_UNIX, EACCES);
    only_if(sockets[one], 1, 0xf, SOCK_STREAM, EACCES);
  }
  only_if(SYS_clone, 0, CLONE_THREAD, CLONE_THREAD, EPERM); /* threads, no processes */
  only_if(SYS_kill, 0, ~0U, self, EPERM);
  only_if(SYS_tgkill, 0, ~0U, self, EPERM);
  add(EQUALS, 0, 1, SYS_connect);
  add(RETURN, 0, 0, SECCOMP_RET_USER_NOTIF);
  add(RETURN, 0, 0, SECCOMP_RET_ALLOW);
  struct sock_fprog whole = {steps, program};
  int asked = syscall(SYS_seccomp, SECCOMP_SET_MODE_FILTER, SECCOMP_FILTER_FLAG_NEW_LISTENER, &whole);
  if (asked < 0) fail("the kernel takes no filter of system calls");
  return asked;
}
