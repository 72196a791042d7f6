package api_test
import ("testing";"github.com/hookloom/hookloom/engine")
func TestDbg(t *testing.T){
 r:=newRig(t)
 r.in("POST", "/offers", map[string]any{"title": "Course A", "products": []any{map[string]any{"title": "Course"}}}).is(201)
 made := r.in("POST", "/workflows", `{"name":"Sale","definition":`+sale+`}`).is(201)
 id := made.text("id")
 _, err := r.engine.Publish(t.Context(), r.a.ID, id, "x", engine.HeldKeep)
 t.Logf("engine: %v", err)
 x:=r.in("POST","/workflows/"+id+"/pause",nil)
 t.Logf("%d %s",x.status,x.body)
 x=r.in("POST","/workflows/"+id+"/publish","{}")
 t.Logf("%d %s",x.status,x.body)
}
