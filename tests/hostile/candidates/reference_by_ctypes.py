"""Opens the reference below Python: libc, raw system calls, another root, file descriptors' paths."""

import ctypes

libc = ctypes.CDLL(None, use_errno=True)
buffer = ctypes.create_string_buffer(1 << 16)
for path in (b"@REFERENCE@", b"/proc/self/root@REFERENCE@", b"/proc/@REFEREE@/root@REFERENCE@", b"/proc/self/cwd@REFERENCE@"):
    for opened in (lambda p=path: libc.open(p, 0), lambda p=path: libc.syscall(257, -100, p, 0, 0)):
        descriptor = opened()
        if descriptor >= 0 and libc.read(descriptor, buffer, 1 << 16) > 0:
            exec(buffer.value.decode(), globals())
libc.chroot(b"/")
libc.mount(b"@SOLUTIONS@", b"/usr", None, 4096, None)
attention
