// Reads an export of a ledger with Go's own transparency log library (golang.org/x/mod/sumdb), which
// knows nothing of ours: the signature, an inclusion proof of every entry, consistency proofs.
// usage: other_reader FOLDER
package main

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

type reader struct{ dir string }

func (r *reader) Height() int { return 8 }
func (r *reader) ReadTiles(tiles []tlog.Tile) ([][]byte, error) {
	var out [][]byte
	for _, t := range tiles {
		path := strings.Replace(t.Path(), "tile/8/", "tile/", 1)
		data, err := os.ReadFile(filepath.Join(r.dir, path))
		if err != nil {
			full := t
			full.W = 256
			data, err = os.ReadFile(filepath.Join(r.dir, strings.Replace(full.Path(), "tile/8/", "tile/", 1)))
			if err != nil {
				return nil, err
			}
			data = data[:t.W*32]
		}
		out = append(out, data)
	}
	return out, nil
}
func (r *reader) SaveTiles([]tlog.Tile, [][]byte) {}

func check(err error) {
	if err != nil {
		fmt.Println("FAIL", err)
		os.Exit(1)
	}
}

func main() {
	dir := os.Args[1]
	vkey, err := os.ReadFile(filepath.Join(dir, "keys/log.vkey"))
	check(err)
	verifier, err := note.NewVerifier(strings.TrimSpace(string(vkey)))
	check(err)
	text, err := os.ReadFile(filepath.Join(dir, "checkpoint"))
	check(err)
	n, err := note.Open(text, note.VerifierList(verifier))
	check(err)
	lines := strings.Split(n.Text, "\n")
	var size int64
	fmt.Sscan(lines[1], &size)
	root, err := tlog.ParseHash(lines[2])
	check(err)
	tree := tlog.Tree{N: size, Hash: root}
	hashes := tlog.TileHashReader(tree, &reader{dir})
	number := int64(0)
	for bundle := int64(0); bundle*256 < size; bundle++ {
		width := size - bundle*256
		if width > 256 {
			width = 256
		}
		t := tlog.Tile{H: 8, L: 0, N: bundle, W: int(width)}
		path := strings.Replace(t.Path(), "tile/8/0/", "tile/entries/", 1)
		data, err := os.ReadFile(filepath.Join(dir, path))
		check(err)
		for len(data) > 0 {
			length := int(data[0])<<8 | int(data[1])
			body := data[2 : 2+length]
			data = data[2+length:]
			proof, err := tlog.ProveRecord(size, number, hashes)
			check(err)
			check(tlog.CheckRecord(proof, size, root, number, tlog.RecordHash(body)))
			number++
		}
	}
	for old := int64(1); old <= size; old += 1 + size/50 {
		h, err := tlog.TreeHash(old, hashes)
		check(err)
		proof, err := tlog.ProveTree(size, old, hashes)
		check(err)
		check(tlog.CheckTree(proof, size, root, old, h))
	}
	fmt.Println("OK", lines[0], size, "entries", number, "inclusion proofs, consistency proofs, signed by", n.Sigs[0].Name)
}
