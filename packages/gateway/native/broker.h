/*
 * The process before the wall. It makes the connections the one behind may have: to sockets in one directory, and puts them
 * in the place of the asker's own. What it is asked is copied first and only the copy is looked at and used, so that
 * a thread that changes the address meanwhile changes nothing. Never opens, reads or writes anything else.
 */
#include <linux/seccomp.h>
#include <poll.h>
#include <stddef.h>
#include <sys/ioctl.h>
#include <sys/uio.h>
#include <sys/un.h>
#include <sys/wait.h>

union carried { char bytes[CMSG_SPACE(sizeof(int))]; struct cmsghdr aligned; };

static void send_descriptor(int through, int descriptor) {
  union carried with = {0};
  struct iovec word = {"d", 1};
  struct msghdr message = {.msg_iov = &word, .msg_iovlen = 1, .msg_control = with.bytes, .msg_controllen = sizeof with.bytes};
  *CMSG_FIRSTHDR(&message) = (struct cmsghdr){.cmsg_level = SOL_SOCKET, .cmsg_type = SCM_RIGHTS, .cmsg_len = CMSG_LEN(sizeof(int))};
  memcpy(CMSG_DATA(CMSG_FIRSTHDR(&message)), &descriptor, sizeof descriptor);
  if (sendmsg(through, &message, 0) != 1) fail("the filter could not be handed over");
}

/* @returns -1 when the other end went without sending one: it has said why */
static int receive_descriptor(int through) {
  char letter;
  union carried with;
  struct iovec word = {&letter, 1};
  struct msghdr message = {.msg_iov = &word, .msg_iovlen = 1, .msg_control = with.bytes, .msg_controllen = sizeof with.bytes};
  int descriptor = -1;
  if (recvmsg(through, &message, MSG_CMSG_CLOEXEC) == 1 && CMSG_FIRSTHDR(&message) != NULL)
    memcpy(&descriptor, CMSG_DATA(CMSG_FIRSTHDR(&message)), sizeof descriptor);
  close(through);
  return descriptor;
}

/* @returns 0 and a connected socket in `made`, or an errno */
static int connect_for(const struct seccomp_notif *asked, const char *directory, int *made) {
  struct sockaddr_un to = {0};
  size_t length = asked->data.args[2];
  if (length > sizeof to || length <= offsetof(struct sockaddr_un, sun_path)) return EACCES;
  struct iovec here = {&to, length}, there = {(void *)(uintptr_t)asked->data.args[1], length};
  if (process_vm_readv(asked->pid, &here, 1, &there, 1, 0) != (ssize_t)length) return EACCES;
  to.sun_path[sizeof to.sun_path - 1] = 0;
  size_t prefix = directory == NULL ? 0 : strlen(directory);
  if (prefix == 0 || to.sun_family != AF_UNIX || strncmp(to.sun_path, directory, prefix) != 0) return EACCES;
  if (to.sun_path[prefix] != '/' || strchr(to.sun_path + prefix + 1, '/') != NULL) return EACCES;
  *made = socket(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
  if (*made < 0) return errno;
  return connect(*made, (struct sockaddr *)&to, sizeof to) < 0 ? errno : 0;
}

static void answer(int asking, const char *directory) {
  struct seccomp_notif asked = {0};
  if (ioctl(asking, SECCOMP_IOCTL_NOTIF_RECV, &asked) < 0) return;
  int made = -1;
  int error = connect_for(&asked, directory, &made);
  if (error == 0) {
    struct seccomp_notif_addfd put = {
        .id = asked.id, .flags = SECCOMP_ADDFD_FLAG_SETFD, .srcfd = made, .newfd = asked.data.args[0], .newfd_flags = O_CLOEXEC};
    if (ioctl(asking, SECCOMP_IOCTL_NOTIF_ADDFD, &put) < 0) error = errno;
  }
  if (made >= 0) close(made);
  struct seccomp_notif_resp answer = {.id = asked.id, .error = -error};
  ioctl(asking, SECCOMP_IOCTL_NOTIF_SEND, &answer);
}

/* Serve the one inside until it ends. @returns what it ended with, as a shell says it */
static int keep_door(pid_t inside, int asking, const char *directory) {
  int ended = syscall(434 /* pidfd_open */, inside, 0);
  if (ended < 0) fail("pidfd_open");
  /* The pipes are the program's alone, so that their other end sees them close. */
  close(0);
  close(1);
  struct pollfd watched[] = {{ended, POLLIN, 0}, {asking, POLLIN, 0}};
  for (;;) {
    if (poll(watched, 2, -1) < 0 && errno != EINTR) fail("poll");
    if (watched[1].revents & POLLIN) answer(asking, directory);
    else if (watched[1].revents != 0) watched[1].fd = -1;
    if (watched[0].revents & POLLIN) break;
  }
  int status = 0;
  waitpid(inside, &status, 0);
  return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}
