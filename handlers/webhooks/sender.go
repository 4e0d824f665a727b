// Package webhooks sends the events of models/webhook to other programs over
// HTTP. It decides nothing about them: the queue says what is due, the settings
// say where to.
package webhooks

import (
	"bytes"
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"io"
	"net"
	"net/http"
	"net/netip"
	"os"
	"syscall"
	"time"

	"shuke/models/clock"
	"shuke/models/webhook"
)

// Limits of one try. What a receiver answers is of no interest, so little of it
// is read; where it would lead us is followed nowhere.
const (
	sendTimeout   = 10 * time.Second
	responseBytes = 1 << 10
	headerBytes   = 16 << 10
)

// Sender makes single tries.
type Sender struct {
	hooks    *webhook.Service
	clock    clock.Clock
	timeout  time.Duration
	resolver *net.Resolver  // nil: the machine's
	roots    *x509.CertPool // nil: the machine's
}

// Send tries to deliver once. Ok is false when the context ended first: then
// nothing is known of the receiver.
func (s *Sender) Send(ctx context.Context, c webhook.Claim, d webhook.Delivery) (r webhook.Result, ok bool) {
	host, listed := s.hooks.Hosts().Find(c.Endpoint.Address)
	if !listed {
		return webhook.Result{Reason: webhook.ReasonNotListed}, true
	}
	request, reason := s.request(ctx, c.Endpoint, d)
	if reason != "" {
		return webhook.Result{Reason: reason}, ctx.Err() == nil
	}
	answer, err := s.client(host).Do(request)
	if err != nil {
		return webhook.Result{Reason: reasonOf(err)}, ctx.Err() == nil
	}
	defer answer.Body.Close()
	_, _ = io.CopyN(io.Discard, answer.Body, responseBytes) // what counts is the status
	return webhook.Result{Reason: reasonOfStatus(answer.StatusCode), Status: answer.StatusCode}, true
}

func (s *Sender) request(ctx context.Context, e webhook.Endpoint, d webhook.Delivery) (*http.Request, webhook.Reason) {
	secret, err := s.hooks.Secret(ctx, e.ID)
	if err != nil {
		return nil, webhook.ReasonSecret
	}
	body, err := d.Body()
	if err != nil {
		return nil, webhook.ReasonConnection
	}
	request, err := http.NewRequestWithContext(ctx, http.MethodPost, e.Address, bytes.NewReader(body))
	if err != nil {
		return nil, webhook.ReasonNotListed
	}
	request.Header.Set("Content-Type", "application/json")
	request.Header.Set("User-Agent", "Shuke")
	request.Header.Set("Shuke-Delivery", d.ID)
	request.Header.Set("Shuke-Signature", webhook.Sign(secret, s.clock.Now(), body))
	return request, ""
}

var errForbidden = errors.New("webhooks: the host leads to an address that is not allowed")

// client reaches the one host, by a connection of its own. Whether an address is
// allowed is asked when it is about to be connected to: what a name stood for a
// moment before does not matter. No proxy of the environment comes between.
func (s *Sender) client(host webhook.Host) *http.Client {
	dialer := &net.Dialer{Timeout: s.timeout, Resolver: s.resolver, Control: func(_, address string, _ syscall.RawConn) error {
		to, err := netip.ParseAddrPort(address)
		if err != nil || !host.Allows(to.Addr()) {
			return errForbidden
		}
		return nil
	}}
	return &http.Client{
		Timeout:       s.timeout,
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
		Transport: &http.Transport{
			DialContext: dialer.DialContext, DisableKeepAlives: true, DisableCompression: true, MaxResponseHeaderBytes: headerBytes,
			TLSClientConfig: &tls.Config{MinVersion: tls.VersionTLS12, RootCAs: s.roots},
		},
	}
}

func reasonOfStatus(status int) webhook.Reason {
	switch {
	case status >= 200 && status < 300:
		return ""
	case status >= 300 && status < 400:
		return webhook.ReasonRedirect
	}
	return webhook.ReasonStatus
}

// reasonOf sorts failures for the page. The error itself goes nowhere: it names
// addresses, which can hold secrets of the other program.
func reasonOf(err error) webhook.Reason {
	var name *net.DNSError
	var certificate *tls.CertificateVerificationError
	var timeout net.Error
	switch {
	case errors.Is(err, errForbidden):
		return webhook.ReasonForbidden
	case errors.As(err, &certificate):
		return webhook.ReasonCertificate
	case errors.As(err, &timeout) && timeout.Timeout(), errors.Is(err, os.ErrDeadlineExceeded):
		return webhook.ReasonTimeout
	case errors.As(err, &name):
		return webhook.ReasonName
	}
	return webhook.ReasonConnection
}
