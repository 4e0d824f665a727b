package webhooks

import (
	"crypto/x509"
	"net"
	"time"
)

// SetTimeout shortens a try, so that a test of it need not wait.
func (d *Dispatcher) SetTimeout(t time.Duration) { d.sender.timeout = t }

// SetResolver lets names be asked of a server of the test.
func (d *Dispatcher) SetResolver(r *net.Resolver) { d.sender.resolver = r }

// SetRoots lets certificates of a test be believed.
func (d *Dispatcher) SetRoots(roots *x509.CertPool) { d.sender.roots = roots }
