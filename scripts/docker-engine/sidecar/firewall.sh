#!/bin/sh
# The sidecar takes what a sandbox sends over TCP to the Worker, but not what stays on the engine's own network, where
# the other sandboxes and the host are, and of UDP only DNS. Its control port asks nobody for a secret. A sandbox shares
# this network namespace and may not change it: so whoever is not root in it, as no tool is, sends nothing past the sidecar.
set -e
for iptables in iptables ip6tables; do
  [ $iptables = iptables ] || [ -e /proc/net/if_inet6 ] || continue
  $iptables -A OUTPUT -m conntrack --ctstate ESTABLISHED,RELATED -j ACCEPT
  # The sidecar's own rules come first, and mark what it takes.
  $iptables -A OUTPUT ! -o lo -m owner ! --uid-owner 0 -m mark ! --mark 1/1 -j REJECT
  $iptables -A OUTPUT -o lo -p tcp --dport 39001 -m owner ! --uid-owner 0 -j REJECT
done
exec /proxy-everything "$@"
