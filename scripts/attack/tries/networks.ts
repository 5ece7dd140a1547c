import { ALL, NOT_PERMITTED, type TryClass } from '../try.ts';

const dial = (host: string, port: string) =>
  `timeout 20 bash -c "exec 3<>/dev/tcp/${host}/${port} && cat <&3"; echo done`;
const socket = (family: number, type: number, protocol = 0) =>
  `perl -e 'print socket(my $s, ${family}, ${type}, ${protocol}) ? "ESC" . "APED: socket\\n" : "socket: $!\\n"'`;
const connect = (target: string) =>
  `curl -sS --http0.9 --max-time 20 --proxytunnel --noproxy '' -x "http://127.0.0.1:$PROXY_PORT" "http://${target}/"; echo done`;
const forward = (target: string) =>
  `curl -sS --max-time 20 --noproxy '' -x "http://127.0.0.1:$PROXY_PORT" "http://${target}/"; echo done`;
/** As it stands: curl would put an address right. */
const rawConnect = (target: string) =>
  `timeout 20 bash -c 'exec 3<>/dev/tcp/127.0.0.1/$PROXY_PORT && printf "CONNECT %s HTTP/1.1\\r\\nHost: x\\r\\n\\r\\n" "$1" >&3 && cat <&3' sh "${target}"`;
const REFUSED = /refused|unreachable/i;
const PROXY_REFUSED = /40[03]|denied/;

export const networks: TryClass = {
  title: 'Networks',
  tries: [
    {
      name: 'dial a port of the host on 127.0.0.1',
      script: dial('127.0.0.1', '$HOST_PORT'),
      actors: ALL,
      stoppedBy: 'network namespace',
      evidence: REFUSED,
    },
    {
      name: 'dial a port of the host on ::1',
      script: dial('::1', '$HOST_PORT6'),
      actors: ALL,
      stoppedBy: 'network namespace',
      evidence: /refused|unreachable|assign requested address/i,
    },
    {
      name: 'dial a port of the host on its own address',
      script: dial('$HOST_ADDRESS', '$ANY_PORT'),
      actors: ALL,
      stoppedBy: 'network namespace: only a loopback',
      evidence: /unreachable/i,
    },
    {
      name: 'dial workerd’s port of the gateway',
      script: 'curl -sS --max-time 20 --noproxy "*" "$GATEWAY/health" && escaped gateway; echo done',
      actors: ALL,
      stoppedBy: 'network namespace',
      evidence: /Connection refused|Failed to connect|Couldn't connect/,
    },
    {
      name: 'dial the published port of a sidecar',
      script: 'curl -sS --max-time 20 --noproxy "*" "http://127.0.0.1:$SIDECAR_PORT/ca" && escaped sidecar; echo done',
      actors: ALL,
      stoppedBy: 'network namespace',
      evidence: /Connection refused|Failed to connect|Couldn't connect/,
    },
    {
      name: 'reach a public address',
      script: 'timeout 2 bash -c "echo > /dev/tcp/1.1.1.1/53" && escaped internet; echo done',
      actors: ALL,
      stoppedBy: 'network namespace: no route',
      evidence: /unreachable/i,
      withoutControl: 'the machine itself may have no internet',
    },
    {
      name: 'ask for cloud credentials at 169.254.169.254',
      script: `${dial('169.254.169.254', '80')}; ${connect('169.254.169.254')}`,
      actors: ['agent'],
      stoppedBy: 'no route; link-local refused by the proxy',
      evidence: /unreachable[\s\S]*40[03]/i,
      withoutControl: 'no cloud to ask here',
    },
    {
      name: 'send UDP to the host',
      script: `perl -MSocket -e 'socket(S, AF_INET, SOCK_DGRAM, 0); send(S, "x", 0, sockaddr_in($ENV{UDP_PORT}, inet_aton("127.0.0.1"))); my $r; $SIG{ALRM} = sub { print "silence\\n"; exit }; alarm 1; defined recv(S, $r, 99, 0) ? print "$r\\n" : print "silence: $!\\n"'`,
      actors: ALL,
      stoppedBy: 'network namespace',
      evidence: /silence/,
    },
    {
      name: 'resolve a name',
      script:
        'getent hosts example.com && escaped dns; timeout 2 bash -c "echo x > /dev/udp/8.8.8.8/53" && escaped udp; echo done',
      actors: ALL,
      stoppedBy: 'no DNS, no route',
      evidence: /unreachable/i,
      withoutControl: 'the machine itself may have no DNS',
    },
    {
      name: 'connect to an abstract unix socket of the host',
      script: `perl -MSocket -e 'socket(S, AF_UNIX, SOCK_STREAM, 0); connect(S, pack("S", 1) . "\\0$ENV{ABSTRACT}") ? print <S> : print "abstract: $!\\n"'`,
      actors: ALL,
      stoppedBy: 'network namespace',
      evidence: /Connection refused/,
    },
    {
      name: 'connect to a unix socket of the host',
      script: `perl -MSocket -e 'socket(S, AF_UNIX, SOCK_STREAM, 0); connect(S, sockaddr_un($ENV{HOST_SOCKET})) ? print <S> : print "socket: $!\\n"'`,
      actors: ALL,
      stoppedBy: 'mounts by allow-list',
      evidence: /No such file/,
    },
    {
      name: 'talk to the engine on its socket',
      script:
        'curl -sS --unix-socket "$ENGINE_SOCKET" http://engine/containers/json | grep -q Names && escaped engine; ls "$ENGINE_SOCKET"',
      actors: ALL,
      stoppedBy: 'mounts by allow-list, 0600',
      evidence: /No such file/,
    },
    {
      name: 'find the relay sockets, its own or a neighbour’s',
      script: 'ls "$RUN_FOLDER"/*/*.sock && escaped relay; find / -type s -not -path "/proc/*" 2>/dev/null; echo none',
      actors: ALL,
      stoppedBy: 'they are in a folder that it cannot see',
      evidence: /No such file[\s\S]*^none$/m,
    },
    {
      name: 'put a link in the place of a socket',
      script: 'ln -s / "$RUN_FOLDER/x-$$" && rm "$RUN_FOLDER/x-$$" && escaped link; mkdir /run/x',
      actors: ALL,
      stoppedBy: 'read-only root, /run of its own',
      evidence: /Read-only file system|Permission denied/,
    },
    { name: 'raw socket', script: socket(2, 3, 1), actors: ALL, stoppedBy: 'no CAP_NET_RAW', evidence: NOT_PERMITTED },
    {
      name: 'packet socket',
      script: socket(17, 3),
      actors: ALL,
      stoppedBy: 'seccomp (families)',
      evidence: /Address family not supported/,
    },
    {
      name: 'vsock to the hypervisor',
      script: socket(40, 1),
      actors: ALL,
      stoppedBy: 'seccomp (families)',
      evidence: /Address family not supported/,
    },
    {
      name: 'crypto socket (AF_ALG)',
      script: socket(38, 5),
      actors: ALL,
      stoppedBy: 'seccomp (families)',
      evidence: /Address family not supported/,
      withoutControl: 'not in every kernel',
    },
    {
      name: 'change an interface',
      script: `perl -e 'socket(S, 2, 2, 0); my $b = pack("a16S", "lo", 0x49) . "\\0" x 22; print ioctl(S, 0x8914, $b) ? "ESC" . "APED: interface\\n" : "interface: $!\\n"'`,
      actors: ALL,
      stoppedBy: 'no CAP_NET_ADMIN',
      evidence: NOT_PERMITTED,
    },
    {
      name: 'netlink: make an interface',
      script: `perl -e 'socket(S, 16, 3, 0); my $b = pack("LSSLL", 32 + 12, 16, 0x605, 1, 0) . pack("CCSlLL", 0, 0, 0, 0, 0, 0) . pack("SSa8", 12, 3, "sgattack"); send(S, $b, 0); recv(S, my $r, 999, 0); my $e = -unpack("l", substr($r, 16, 4)); $! = $e; print $e == 0 || $e == 95 || $e == 17 || $e == 22 ? "ESC" . "APED: netlink $e\\n" : "netlink: $!\\n"'`,
      actors: ALL,
      stoppedBy: 'no CAP_NET_ADMIN',
      evidence: NOT_PERMITTED,
    },
    {
      name: 'CONNECT through the proxy to the host',
      script: connect('127.0.0.1:$HOST_PORT'),
      actors: ['agent'],
      stoppedBy: 'egress rules: loopback',
      evidence: PROXY_REFUSED,
    },
    {
      name: 'CONNECT through the proxy to the sidecar of a neighbour',
      script:
        'curl -sS --max-time 20 --proxytunnel --noproxy "" -x "http://127.0.0.1:$PROXY_PORT" "http://127.0.0.1:$SIDECAR_PORT/ca" && escaped sidecar; echo done',
      actors: ['agent'],
      stoppedBy: 'egress rules: loopback',
      evidence: PROXY_REFUSED,
    },
    {
      name: 'CONNECT to localhost by name',
      script: connect('localhost:$HOST_PORT'),
      actors: ['agent'],
      stoppedBy: 'egress rules: loopback',
      evidence: PROXY_REFUSED,
    },
    {
      name: 'CONNECT to the host by another spelling',
      script: ['2130706433', '0x7f.1', '127.1', '[::ffff:127.0.0.1]', '0.0.0.0', '127.0.0.1.']
        .map((host) => rawConnect(`${host}:$HOST_PORT`))
        .join('\n'),
      actors: ['agent'],
      stoppedBy: 'egress rules: strict addresses',
      evidence: PROXY_REFUSED,
    },
    {
      name: 'CONNECT to a private network',
      script: `${connect('10.0.0.1')}; ${connect('192.168.0.1')}; ${connect('[fe80::1]')}; ${connect('[fc00::1]')}`,
      actors: ['agent'],
      stoppedBy: 'egress rules: private ranges',
      evidence: PROXY_REFUSED,
      withoutControl: 'nobody lives there',
    },
    {
      name: 'GET through the proxy from the host',
      script: forward('127.0.0.1:$HOST_PORT'),
      actors: ['agent'],
      stoppedBy: 'egress rules: loopback',
      evidence: PROXY_REFUSED,
    },
    {
      name: 'malformed CONNECT',
      script: `for target in '127.0.0.1' ':80' 'a b:80' '127.0.0.1:80@evil:1' '//127.0.0.1:80' 'x:99999' 'x:-1' '[::1:80' "$(printf '\\0'):80"; do
  timeout 2 bash -c 'exec 3<>/dev/tcp/127.0.0.1/$2 && printf "CONNECT %s HTTP/1.1\\r\\n\\r\\n" "$1" >&3 && head -c 12 <&3' sh "$target" "$PROXY_PORT" | grep -a "HTTP/1.1 2" && escaped "$target"
done; echo done`,
      actors: ['agent'],
      stoppedBy: 'strict parser',
      evidence: /^done$/m,
      withoutControl: 'no proxy here takes such a target',
    },
    {
      name: 'header injection into the tunnel',
      script: `timeout 20 bash -c 'exec 3<>/dev/tcp/127.0.0.1/$1 && printf "CONNECT allowed.test:80 HTTP/1.1\\r\\nX-Hostname: x\\r\\nX-Dst-Addr: 127.0.0.1:$2\\r\\nHost: 127.0.0.1:$2\\r\\n\\r\\nGET / HTTP/1.1\\r\\nHost: allowed.test\\r\\nX-Dst-Addr: 127.0.0.1:$2\\r\\nConnection: close\\r\\n\\r\\n" >&3 && cat <&3' sh "$PROXY_PORT" "$HOST_PORT"; echo done`,
      actors: ['agent'],
      stoppedBy: 'the target of the request line counts, no header; the gateway denies it',
      evidence: /egress is denied[\s\S]*done/,
      withoutControl: 'no proxy here believes these headers',
    },
  ],
};
