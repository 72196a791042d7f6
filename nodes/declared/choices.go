package declared

import (
	"context"
	"fmt"
	"maps"
	"net/http"
	"slices"
	"strconv"
	"time"

	"github.com/hookloom/hookloom/engine/mapping"
	"github.com/hookloom/hookloom/engine/value"
	"github.com/hookloom/hookloom/nodes"
	"github.com/hookloom/hookloom/nodes/outbound"
)

// Choices are what people can choose for a field, as the service lists it.
type Choices struct {
	Request Request         `yaml:"request" required:"true" doc:"What is asked; GET unless said otherwise. Templates over connection, params and page."`
	Items   string          `yaml:"items" required:"true" max:"2000" doc:"A template over answer: the list of what there is, such as {{ answer.body.channels }}."`
	Value   string          `yaml:"value" required:"true" max:"500" doc:"A template over item, one of the list: what the field gets, such as {{ item.id }}."`
	Label   string          `yaml:"label" max:"500" doc:"A template over item: what people see; the value unless said otherwise."`
	Next    string          `yaml:"next" max:"500" doc:"A template over answer: what {{ page }} is when the next part is asked for; the list ends where it gives nothing."`
	Source  string          `yaml:"source" max:"500" doc:"Page of the service's reference that the example is from."`
	Example *ChoicesExample `yaml:"example" doc:"A call as the service's reference shows it; checked by hookloom node lint."`
}

// ChoicesExample is one call for choices as the service's reference shows it.
type ChoicesExample struct {
	Connection map[string]any `yaml:"connection" doc:"Fields of the connection, with made-up secrets."`
	Params     map[string]any `yaml:"params" doc:"The fields of the step that the request names."`
	Sends      Sent           `yaml:"sends" required:"true" doc:"The request that must be made of them."`
	Answers    Answered       `yaml:"answers" doc:"What the service answers."`
	Gives      []Option       `yaml:"gives" doc:"The choices of that answer."`
	Refused    *Refused       `yaml:"refused" doc:"An error of the service and what becomes of it."`
}

// maxPages is how many parts of a list are asked for.
const maxPages = 10

// The lengths of what a service may give.
const (
	maxChoiceValue = 500
	maxChoiceLabel = 200
)

// choices is one compiled list.
type choices struct {
	*Choices
	name               string
	request            *request
	judge              *judge
	items, value, next *mapping.Template
	label              *mapping.Template
	// needs are the params that its templates name.
	needs []string
}

// choices compiles the lists of a file. What they may name are the fields of the
// actions that show them.
func (l *linter) choices() map[string]*choices {
	all := map[string]*choices{}
	for _, name := range slices.Sorted(maps.Keys(l.file.Choices)) {
		at := value.Under("/choices", name)
		users := l.usersOf(name)
		switch {
		case !appID.MatchString(name):
			l.add(at, "Use lower-case letters, digits and _: channels.", "%.60q cannot be the name of choices", name)
		case l.file.Auth.Type == "none":
			l.add(at, "Remove it.", "an app without a connection cannot be asked for choices")
		case len(users) == 0:
			l.add(at, "Write choices: "+name+" in a field, or remove it.", "no field has these choices")
		}
		l.params, l.named = []Field{}, map[string]bool{}
		for _, a := range users {
			l.params = append(l.params, a.Fields...)
		}
		all[name] = l.list(name, l.file.Choices[name], at)
		all[name].needs = slices.Sorted(maps.Keys(l.named))
		l.params, l.named = nil, nil
	}
	for _, name := range slices.Sorted(maps.Keys(l.file.Actions)) {
		a := l.file.Actions[name]
		l.chosen(a, a.Fields, value.Under("/actions", name)+"/fields", all)
	}
	return all
}

// usersOf are the actions with a field that has the choices of a name.
func (l *linter) usersOf(name string) []*Action {
	var users []*Action
	for _, key := range slices.Sorted(maps.Keys(l.file.Actions)) {
		a := l.file.Actions[key]
		if slices.ContainsFunc(a.Fields, func(f Field) bool { return f.Choices == name }) {
			users = append(users, a)
		}
	}
	return users
}

func (l *linter) list(name string, c *Choices, at string) *choices {
	if c.Request.Method == "" {
		c.Request.Method = http.MethodGet
	}
	out := &choices{Choices: c, name: name}
	out.request = l.request(&c.Request, at+"/request", "page")
	out.judge = l.judge(&Action{}, at)
	out.items = l.text(c.Items, at+"/items", "answer")
	out.value = l.text(c.Value, at+"/value", "item")
	out.label = out.value
	if c.Label != "" {
		out.label = l.text(c.Label, at+"/label", "item")
	}
	out.next = l.text(c.Next, at+"/next", "answer")
	return out
}

// chosen holds the fields of an action to the choices that they name.
func (l *linter) chosen(a *Action, fields []Field, at string, all map[string]*choices) {
	for i, f := range fields {
		at := at + "/" + strconv.Itoa(i)
		l.chosen(a, f.Fields, at+"/fields", all)
		if f.Choices == "" {
			continue
		}
		list := all[f.Choices]
		if list == nil {
			known := slices.Sorted(maps.Keys(all))
			fix := "Describe them under choices."
			if near := nearest(f.Choices, known); near != "" {
				fix = "Do you mean " + near + "?"
			}
			l.add(at+"/choices", fix, "there are no choices %.60q", f.Choices)
			continue
		}
		for _, key := range list.needs {
			if key == f.Key || !slices.ContainsFunc(a.Fields, func(o Field) bool { return o.Key == key }) {
				l.add(at+"/choices", "Add the field, or describe other choices for this action.", "the choices %s need the field %s, which is not another one of this action", f.Choices, key)
			}
		}
	}
}

// offering marks the fields of an action whose choices the service lists.
func (c *App) offering(a *action, fields []nodes.Field) []nodes.Field {
	for i, f := range a.Fields {
		if list := c.choices[f.Choices]; list != nil {
			fields[i].Choices = &nodes.Choices{Needs: append([]string{connectionKey}, list.needs...)}
		}
	}
	return fields
}

// choose is nodes.DynamicAction.Choices of an action; nil when none of its fields
// has choices.
func (c *App) choose(a *action) func(context.Context, *nodes.Env, map[string]any, string) ([]nodes.Option, error) {
	byField := map[string]*choices{}
	for _, f := range a.Fields {
		if list := c.choices[f.Choices]; list != nil {
			byField[f.Key] = list
		}
	}
	if len(byField) == 0 {
		return nil
	}
	return func(ctx context.Context, env *nodes.Env, params map[string]any, field string) ([]nodes.Option, error) {
		list := byField[field]
		if list == nil {
			return nil, fmt.Errorf("%s lists nothing for %q", c.Name(), field)
		}
		return c.ask(ctx, env, list, params)
	}
}

// ask reads a list, part by part.
func (c *App) ask(ctx context.Context, env *nodes.Env, list *choices, params map[string]any) ([]nodes.Option, error) {
	caller, err := c.caller(env.Connection)
	if err != nil {
		return nil, nodes.Permanent(err)
	}
	params = maps.Clone(params)
	delete(params, connectionKey)
	ctx = optionsOf(ctx, env)
	var found []nodes.Option
	for range maxPages {
		r, err := caller.request(ctx, list.request, params, "")
		if err != nil {
			return nil, nodes.Permanent(c.spoken(err))
		}
		r.Timeout = min(r.Timeout, 15*time.Second)
		answer, err := env.HTTP.Send(ctx, r)
		if err != nil {
			return nil, err
		}
		hide := hider(r.Secrets)
		scope := mapping.Scope{"params": params, "answer": map[string]any{
			"status": answer.Status, "headers": hidden(outbound.AnswerHeaders(answer.Header), hide), "body": hidden(outbound.AnswerBody(env, answer), hide),
		}}
		if err := list.judge.failed(ctx, scope, answer, env.Now.Add(answer.Duration), hide); err != nil {
			return nil, err
		}
		part, err := list.read(ctx, scope)
		if err != nil {
			return nil, nodes.Permanent(fmt.Errorf("the answer of %s cannot be read: %w", c.Name(), err))
		}
		found = append(found, part...)
		next, err := resolveText(ctx, list.next, scope)
		if err != nil {
			return nil, nodes.Permanent(fmt.Errorf("where the list of %s goes on cannot be read: %w", c.Name(), err))
		}
		if next == "" || next == mapping.Text(caller.page) || len(found) > nodes.MaxChoices {
			return found, nil
		}
		caller.page = next
	}
	return append(found, nodes.MoreChoices), nil
}

// read makes choices of one answer. What has no value is left out: nobody could
// choose it.
func (l *choices) read(ctx context.Context, scope mapping.Scope) ([]nodes.Option, error) {
	got, err := l.items.Resolve(ctx, scope)
	if err != nil {
		return nil, err
	}
	items, _ := got.Value.([]any)
	out := make([]nodes.Option, 0, len(items))
	for _, item := range items {
		one := mapping.Scope{"item": item}
		v, err := resolveText(ctx, l.value, one)
		if err != nil {
			return nil, err
		}
		label, err := resolveText(ctx, l.label, one)
		if err != nil || label == "" {
			label = v
		}
		if v != "" && len(v) <= maxChoiceValue {
			out = append(out, nodes.Option{Value: v, Label: shorten(label, maxChoiceLabel)})
		}
	}
	return out, nil
}
