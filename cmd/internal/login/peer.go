package login

import (
	"bufio"
	"context"
	"encoding/binary"
	"fmt"
	"io"
	"net"
	"net/netip"
	"os"
	"strconv"
	"strings"
	"sync"

	"waymark/catalog/fault"
)

type peerKey struct{}

// WithPeer lets a connection tell whose it is, for http.Server.ConnContext. It looks
// once a connection, when it is first asked.
func WithPeer(ctx context.Context, conn net.Conn) context.Context {
	return context.WithValue(ctx, peerKey{}, sync.OnceValues(func() (int, error) { return peerUID(conn.LocalAddr(), conn.RemoteAddr()) }))
}

// peer is the account of the operating system at the other end of a connection.
func peer(ctx context.Context) (uid int, err error) {
	look, ok := ctx.Value(peerKey{}).(func() (int, error))
	if !ok {
		return 0, fault.Unavailable.Errorf("the connection does not tell whose it is")
	}
	return look()
}

// The tables in which Linux lists the sockets of this machine with their owners. Other
// systems have none; there the token decides.
var socketTables = []string{"/proc/net/tcp", "/proc/net/tcp6"}

// peerUID finds the other end of a connection that is local on both ends.
func peerUID(here, there net.Addr) (int, error) {
	h, err := netip.ParseAddrPort(here.String())
	if err != nil {
		return 0, fault.Unavailable.Of(err)
	}
	t, err := netip.ParseAddrPort(there.String())
	if err != nil {
		return 0, fault.Unavailable.Of(err)
	}
	for _, path := range socketTables {
		f, err := os.Open(path)
		if err != nil {
			continue
		}
		uid, ok := findSocket(f, t, h)
		_ = f.Close() // only read
		if ok {
			return uid, nil
		}
	}
	return 0, fault.Unavailable.Errorf("this system does not tell whose connection it is")
}

// findSocket reads the owner of the socket from local to remote. A socket that its
// process has closed is listed without an inode and as root's, so it counts for nothing.
func findSocket(table io.Reader, local, remote netip.AddrPort) (uid int, ok bool) {
	lines := bufio.NewScanner(table)
	for lines.Scan() {
		f := strings.Fields(lines.Text())
		if len(f) < 10 || f[9] == "0" || !isEnd(f[1], local) || !isEnd(f[2], remote) {
			continue
		}
		uid, err := strconv.Atoi(f[7])
		return uid, err == nil
	}
	return 0, false
}

// isEnd reports whether a table's text names an address: as IPv4, or as IPv6 that may
// hold an IPv4 address.
func isEnd(text string, a netip.AddrPort) bool {
	ip := a.Addr().Unmap()
	if ip.Is4() {
		b := ip.As4()
		if strings.EqualFold(text, tableText(b[:], a.Port())) {
			return true
		}
	}
	b := ip.As16()
	return strings.EqualFold(text, tableText(b[:], a.Port()))
}

// tableText prints an address as the kernel does: words of four bytes in its own order.
func tableText(ip []byte, port uint16) string {
	var out strings.Builder
	for ; len(ip) > 0; ip = ip[4:] {
		fmt.Fprintf(&out, "%08X", binary.NativeEndian.Uint32(ip))
	}
	return fmt.Sprintf("%s:%04X", out.String(), port)
}
