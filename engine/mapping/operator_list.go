package mapping

func (r *run) joinLists(lists ...[]any) (any, error) {
	n := 0
	for _, l := range lists {
		n += len(l)
	}
	if err := r.growList(n); err != nil {
		return nil, err
	}
	joined := make([]any, 0, n)
	for _, l := range lists {
		joined = append(joined, l...)
	}
	return joined, nil
}

// growList charges for a list of n entries before it is made.
func (r *run) growList(n int) error {
	if err := r.grow(n * entryBytes); err != nil {
		return err
	}
	return r.work(n / 8)
}

// span is a..b: a list of whole numbers.
func (r *run) span(a, b any) (any, error) {
	from, okA := wholeNumber(plainOperand(a))
	to, okB := wholeNumber(plainOperand(b))
	if !okA || !okB {
		return nil, failf(CodeWrongType, "a..b needs two whole numbers, not %s and %s", show(a), show(b))
	}
	if to < from {
		return []any{}, nil
	}
	if n := to - from; n < 0 || n >= maxRange {
		return nil, failf(CodeLimitMemory, "a..b makes at most %d numbers", maxRange)
	}
	if err := r.growList(to - from + 1); err != nil {
		return nil, err
	}
	list := make([]any, 0, to-from+1)
	for i := from; ; i++ {
		list = append(list, i)
		if i == to {
			return list, nil
		}
	}
}

// slice is x[from:to] for lists and texts; what is out of range is left out.
func (r *run) slice(v, from, to any) (any, error) {
	switch x := plainOperand(v).(type) {
	case nil:
		return nil, nil
	case []any:
		i, j, err := bounds(from, to, len(x))
		if err != nil {
			return nil, err
		}
		return x[i:j:j], nil
	case string:
		if err := r.grow(4 * len(x)); err != nil {
			return nil, err
		}
		runes := []rune(x)
		i, j, err := bounds(from, to, len(runes))
		if err != nil {
			return nil, err
		}
		return string(runes[i:j]), r.read(4 * len(x))
	}
	return nil, failf(CodeWrongType, "cannot cut a piece out of %s", show(v))
}

func bounds(from, to any, length int) (i, j int, err error) {
	j = length
	for _, b := range []struct {
		value any
		at    *int
	}{{from, &i}, {to, &j}} {
		if b.value == nil {
			continue
		}
		n, ok := wholeNumber(b.value)
		if !ok {
			return 0, 0, failf(CodeWrongType, "%s is not a position", show(b.value))
		}
		if n < 0 {
			n += length
		}
		*b.at = max(0, min(n, length))
	}
	return i, max(i, j), nil
}
