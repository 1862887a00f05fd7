// Light, and only light: sky, star-water, breath, heartbeat, dissolving. What has a shape is drawn elsewhere.
// Each part begins with its name and that of the shape it fills; HEAD stands before every part, SKY before those that
// look at the sky.

//# HEAD
precision highp float;
uniform vec4 V;            // the picture's place: x, y of the horizon, scale, and pixels high
uniform vec4 W;            // where its sheets were painted: they differ where one looks at something near
uniform vec2 R;            // how large the page is
uniform float T, breath, unravel, ache, voice, lean, depth;
uniform sampler2D A,D,S,N; // what was painted, what the light must know of it, its scars; noise
uniform vec3 C[8];         // top mid low sun deep star fill key
uniform vec4 F;            // sun x, y; water; cloud
#define TOP C[0]
#define MID C[1]
#define LOW C[2]
#define SUN C[3]
#define DEEP C[4]
#define STAR C[5]
#define FILL C[6]
#define KEY C[7]
uniform float light;       // how much of it is left there
uniform float blur;        // how far out of focus, in halvings
vec4 around(sampler2D s,vec2 u,vec2 e,float b){vec2 f=vec2(e.x,-e.y);return .25*(textureLod(s,u+e,b)+textureLod(s,u-e,b)+textureLod(s,u+f,b)+textureLod(s,u-f,b));}
vec4 see(sampler2D s,vec2 u){return blur<.05?texture(s,u):around(s,u,exp2(blur)*.62/vec2(textureSize(s,0)),blur);}
float hash(vec2 p){p=fract(p*vec2(123.34,345.45));p+=dot(p,p+34.345);return fract(p.x*p.y);}
float beat(float t){t=fract(t);return exp(-26.*t*t)+.6*exp(-70.*(t-.22)*(t-.22));}
float nearer(float d){return 1.+d*(.010+.020*lean);}
vec4 on(vec2 px){px=px/R*2.-1.;return vec4(px.x,-px.y,0,1);}
vec3 show(vec3 c){c*=1.-.12*ache;c=c*(2.51*c+.03)/(c*(2.43*c+.59)+.14);return pow(max(c,0.),vec3(.72));}

//# WHOLE : A triangle that covers everything.
void main(){vec2 p=vec2((gl_VertexID<<1)&2,gl_VertexID&2);gl_Position=vec4(p*2.-1.,0,1);}

//# SKY
float n1(vec2 p){return texture(N,p).r;}
float n4(vec2 p){return texture(N,p).g;}
vec3 gradient(float h){return mix(mix(LOW,MID,smoothstep(.0,.27,h)),TOP,smoothstep(.15,.52,h));}
vec3 sky(vec2 p){
 float h=max(0.,-p.y/560.);
 vec3 c=gradient(h);
 vec2 s=(p-F.xy)/vec2(1.15,.8);float r=length(s);
 c+=SUN*(exp(-r/34.)*.8+exp(-r/150.)*.34);
 float w=n4(p*vec2(.00042,.0011)+vec2(T*.0008,.3));
 float cl=n4(p*vec2(.0011,.0036)+vec2(T*.0013,w*.35));
 float lit=smoothstep(.40,.78,cl)*F.w;
 c+=mix(LOW,SUN,.35)*lit*.42*exp(-h*3.6);
 c*=1.-.22*smoothstep(.5,.30,cl)*F.w*smoothstep(.0,.2,h);
 float band=exp(-pow((p.x*.45+p.y*.75+250.+60.*(w-.5))/95.,2.));
 c+=mix(MID,STAR*.16,.5)*band*n4(p*.0035)*(1.-.75*breath)*.85;
 for(int i=0;i<2;i++){float k=i==0?9.:22.;vec2 g=p/k,id=floor(g);float a=hash(id+float(i)*31.);vec2 q=fract(g)-.5-(vec2(hash(id+3.1),hash(id+7.7))-.5)*.7;
  float big=step(.975,hash(id+5.5));float d=length(q)*k;float on=step(i==0?.80-.3*band:.86,a);
  c+=STAR*on*(exp(-d*d*(1.4-.9*big))*1.3+big*exp(-d*.7)*.22)*(.55+.45*sin(T*(.5+1.6*a)+a*60.))*smoothstep(.03,.22,h)*(1.-.80*breath)*(1.3-F.w*.6);}
 return c;}

//# BACKDROP WHOLE : Sky and water; not where the hall hides them.
out vec4 o;uniform float open;
void main(){
 vec2 p=(vec2(gl_FragCoord.x,V.w-gl_FragCoord.y)-V.xy)/V.z;
 if(open>0.&&abs(p.x)>(p.y<2.?196.:470.))discard;
 vec3 c;
 if(p.y<0.)c=sky(p);
 else if(F.z<.2)c=mix(sky(vec2(p.x,-p.y*.5-12.))*.22*exp(-p.y/260.)+DEEP*.8,LOW+SUN*.08,exp(-p.y/7.));
 else{
  float z=430./(p.y+1.5),x=p.x*z/430.,lz=log(z);
  float rip=(n1(vec2(x*.35,lz*.9+T*.035))-.5)+(n1(vec2(x*.9+.4,lz*2.2+T*.06))-.5)*.6;
  vec2 m=vec2(p.x+rip*p.y*.10,-p.y*.72-abs(rip)*p.y*.35-2.);
  vec3 ref=sky(m);
  float fres=mix(.20+.16*breath,.92,exp(-p.y/130.));
  c=DEEP*1.1+ref*fres*.62;
  float flow=n4(vec2(x*.22+rip*.05,lz*.34+T*.018));
  c+=mix(MID,mix(STAR,LOW,breath)*.35,.5)*pow(flow,3.)*1.5*smoothstep(4.,60.,p.y);
  float path=exp(-abs(p.x-F.x*.6+rip*14.)/(16.+p.y*.30));
  c+=SUN*path*(.10+.9*smoothstep(.05,.42,rip+.22*sin(lz*60.+T*1.6)))*exp(-p.y/150.)*.62;
  for(int i=0;i<3;i++){float f=float(i),k=5.+6.5*f;
   vec2 g=vec2(x*k,lz*k+T*(.16+.10*f)*(1.+f*.4)),id=floor(g);float a=hash(id+f*17.);
   vec2 q=fract(g)-.5-(vec2(hash(id+1.7),hash(id+5.2))-.5)*.72;
   float px=430./z/k;float d=length(q)*px;float s=.45+px*.020;
   float tw=.5+.5*sin(T*(.7+1.8*a)+a*70.);
   c+=STAR*step(.46+.08*f,a)*(exp(-d*d/(s*s))*(1.1+.9*tw)+exp(-d/(s*3.4))*.13)*smoothstep(1.2,4.5+3.*(1.-F.z),px)*(.4+.6*tw)*(1.-.25*breath)*F.z;}
  c*=mix(1.,.50,smoothstep(.45,1.25,abs(x)))*mix(1.,.80,smoothstep(120.,520.,p.y));
 }
 float mist=exp(-abs(p.y)/(3.+blur*16.));c=mix(c,mix(LOW*.9+SUN*.08*exp(-abs(p.x-F.x)/160.),sky(vec2(p.x,-14.)),.5),mist*(.55+min(blur,.4)));
 o=vec4(show(c*light),1);}

//# SHEET_V : A drawn sheet, a little nearer or farther than the horizon.
out vec2 tc;
void main(){vec2 q=vec2(gl_VertexID&1,gl_VertexID>>1);tc=q;
 gl_Position=on(V.xy+(q*R-W.xy)/W.z*V.z*nearer(depth));}

//# SHEET SHEET_V
in vec2 tc;out vec4 o;uniform int kind;
void main(){
 vec2 p=(tc*R-W.xy)/W.z;vec2 uv=tc;
 if(kind==3)uv.x+=.0016*sin(T*.7+p.y*.03+p.x*.02)*smoothstep(-60.,-240.,p.y);
 vec4 t=see(A,uv);if(t.a<.004)discard;
 vec3 alb=t.rgb/t.a;vec3 c;
 float r=length((p-vec2(6.,-60.))*vec2(1.,.9));
 if(kind==0){c=mix(TOP*.5+LOW*.045,LOW*.92+SUN*.05,alb.r*alb.r);c+=SUN*.3*exp(-length(p-F.xy)/90.)*alb.r;}
 else{
  alb=pow(alb,vec3(1.75));
  float L=pow(165./max(r,150.),1.55);
  if(kind==5)L=.16;
  c=alb*(FILL*1.15+KEY*L*1.35);
  float low=smoothstep(40.,460.,p.y)*exp(-abs(p.x)/520.);
  c+=alb*mix(STAR,KEY,.4)*low*.30*(.75+.25*sin(T*.8+p.x*.015+p.y*.01));
  c+=LOW*exp(-max(r-150.,0.)/85.)*.11*(kind==2?.6:1.);
  if(kind==2){
   vec4 d=see(D,uv);float id=d.g/max(d.r,.01),ph=d.b/max(d.r,.01);
   float th=id*.80+.06,grain=texture(N,p*vec2(.05,.004)).r*.7+texture(N,p*vec2(.13,.009)).r*.3;
   float gone=(unravel*1.12-th)*2.6+(grain-.5)*1.1;
   c+=alb*vec3(1.9,.82,.30)*d.r*(.05+.34*beat(T*(.42+.16*id)+ph*3.)*(1.-.5*breath))*(.6+.4*L);
   if(unravel>0.){c=mix(c,alb*.6+mix(vec3(.9,.34,.10),KEY,.4)*pow(smoothstep(-.2,.5,gone),3.)*.5,smoothstep(-.35,.2,gone)*smoothstep(.02,.2,unravel)*.9);
    t.a*=smoothstep(.62,1.,d.r)*(1.-smoothstep(-.02,.55,gone));}}
  else if(kind==1&&unravel>0.){ // the wood frays from the crown down, fibre by fibre, and the sky comes in
   vec2 w=p-vec2(8.,-60.);float an=atan(w.x,-w.y),fib=texture(N,vec2(an*1.7,length(w)*.0005)).r*.5+texture(N,vec2(an*7.3,length(w)*.0013)).r*.5;
   float gone=unravel*1.2-1.34+.9*smoothstep(-110.,-330.,p.y)+(fib-.5)*1.4;
   c+=mix(vec3(.9,.34,.10),KEY,.4)*smoothstep(-.2,.0,gone)*.22*(.3+alb.r*3.);t.a*=1.-smoothstep(-.02,.06,gone);}
 }
 o=vec4(show(c*light)*t.a,t.a);}

//# SHARD_V : Mirror shards, walked among: each face knows which part of the sky it is turned to.
layout(location=0) in vec3 at;layout(location=1) in vec3 face;layout(location=2) in vec2 who; // turn, own, rim; which shard
uniform vec3 walk;uniform float touched;out vec3 f;out vec2 p2;out float far,lit,who_;
void main(){vec3 q=at-vec3(walk.x,0.,walk.y);f=face;far=q.z;who_=step(-.5,who.x);
 lit=who.x<-.5?0.:who.x==touched?1.:.35*step(who.x+.5,walk.z);p2=vec2(q.x,q.y)*430./max(q.z,.05);
 vec2 c=(V.xy/R*2.-1.)*q.z+430.*q.xy*V.z/R*2.;gl_Position=vec4(c.x,-c.y,-.2,q.z);}

//# SHARD SHARD_V
in vec3 f;in vec2 p2;in float far,lit,who_;out vec4 o;uniform vec3 walk;
void main(){vec2 p=p2;
 float e=f.z/max(fwidth(f.z),1e-4),a=clamp(e+.35,0.,1.),rim=1.-smoothstep(.6,2.4,e);
 float slide=walk.x*170.*(f.y-.3)+walk.y*26.*(f.y-.5);
 float up=clamp(p.y*.42+(f.x-.30)*620.+18.*sin(T*.23+f.y*40.),3.,620.);
 vec2 m=vec2(p.x*.7+(f.y-.5)*700.+slide+22.*sin(T*.17+f.y*30.),-up);
 vec3 c=sky(m)*(.16+.46*f.y*f.y+.22*smoothstep(.0,.2,abs(who_)))+DEEP*.5;c*=mix(1.,.8,smoothstep(0.,480.,p.y));
 float tw=sin(T*(.35+f.y*.8)+f.y*14.+p.x*.01+walk.x*4.*f.y);
 c+=SUN*smoothstep(.95,1.,tw)*.5;
 vec3 night=mix(vec3(1.3,.56,.13),vec3(.15,.13,.66),breath); // the other half of the breath
 c=mix(c,night*.55,step(.87,f.y)*(1.-who_)*.75);
 if(who_>.5){float hy=(f.x-.5)*150.+(f.y-.6)*70.,h=hy-p.y,up2=max(h,0.);vec2 g=p/6.+f.yx*vec2(90.,0.),i=floor(g);g-=i+.5;
  vec3 air=sky(vec2(p.x*.6+slide+f.x*260.,-up2*1.5-2.))*.16+night*(exp(-up2/30.)*.95+.10)+mix(vec3(1.5,1.1,.7),vec3(1.1,1.1,1.7),breath)*step(.74,hash(i))*exp(-34.*dot(g,g))*smoothstep(3.,34.,up2),lies=DEEP+night*exp(min(h,0.)/46.)*(.12+.5*texture(N,vec2(p.x*.006+f.y,h*.03)).r);
  c=mix(lies,air,smoothstep(-.8,.8,h))+SUN*.22*smoothstep(.93,1.,sin(p.x*.045+p.y*.03+f.y*20.+T*.2));}
 c+=(SUN*.22+LOW*.42)*rim*(.25+.75*smoothstep(.5,.95,f.x))*(.35+.65*exp(-far*.12));
 if(lit>0.){float n=texture(N,m*vec2(.0021,.0028)+vec2(T*.012,f.y)).g,g=texture(N,m*.0011-vec2(T*.007,0.)).r;
  c=mix(c,vec3(1.5,.85,.36)*(.16+.8*pow(n,2.2)+.22*g),.8*smoothstep(.4,1.,lit));
  c+=(vec3(1.5,.85,.36)*.7+KEY*.4)*(rim*.8+.22*n)*smoothstep(.4,1.,lit)*(.8+.2*sin(T*1.7));}
 c=mix(c,LOW*1.0+SUN*.08,(1.-exp(-max(far-5.,0.)*.045))*.9);
 c*=1.-.5*unravel*smoothstep(.3,.9,f.y);
 o=vec4(show(c)*a,a);}

//# HEART_V : The books that stand for tellings, each with its own heart.
layout(location=0) in vec4 ab;layout(location=1) in vec4 cd;layout(location=2) in vec3 b; // corners; nearness, stillness, phase
out vec2 uv;out vec3 book;
void main(){uv=(vec2(gl_VertexID&1,gl_VertexID>>1)*2.-1.)*vec2(2.4,1.7);book=b;
 gl_Position=on(V.xy+.5*(ab.xy+cd.xy+(cd.zw-ab.xy)*uv.x+(ab.zw-ab.xy)*uv.y)*V.z*nearer(1.));}

//# HEART HEART_V
in vec2 uv;in vec3 book;out vec4 o;
void main(){vec2 d=max(abs(uv)-vec2(.62,.80),0.)*vec2(1.,1.9);float inside=1.-smoothstep(.0,.24,max(d.x,d.y)),halo=exp(-dot(d,d)*3.2);
 float fade=1.-smoothstep(book.z*.7,book.z*.7+.25,unravel);
 float n=book.x/3.;float pulse=.22+.78*beat(T*mix(.40,1.05,n)*(1.-.25*ache)+book.z*7.);
 float e=(1.-book.y)*fade*(.08+.62*n*n+.16*n)*pulse*light;
 if(blur>0.){float l=length(uv*vec2(.62,.8));inside=exp(-l*l*1.6);halo=exp(-l*l*.9);e*=.8;}
 vec3 c=mix(vec3(1.2,.50,.18),vec3(1.7,1.02,.44),n)*(inside*(.42+.40*step(blur,0.)*cos(uv.x*23.+sin(uv.y*3.)*.4))+halo*.40)*e;
 float dark=book.y*inside*.5*fade;
 o=vec4(show(c)*smoothstep(2.3,1.2,max(abs(uv.x)*.8,abs(uv.y))),dark);}

//# CAST_V : What was painted stroke by stroke: someone, hands, a bench, linen.
uniform vec4 B;uniform float flip,ground;out vec2 tc; // B: its corner and size; the line where it stands
void main(){vec2 q=vec2(gl_VertexID&1,gl_VertexID>>1);tc=q;vec2 p=B.xy+q*B.zw;if(flip<0.)p.y=ground*2.-p.y;
 gl_Position=on(V.xy+p*V.z*nearer(depth));}

//# CAST CAST_V
in vec2 tc;out vec4 o;uniform float near,flip,reveal,water;uniform vec4 B,L,L2;uniform vec3 chest,ends;
void main(){
 vec2 t=tc,b=(t-chest.xy)*B.zw/B.w;t-=(t-chest.xy)*(.035*(breath-.3))*exp(-dot(b,b)/max(chest.z*chest.z,1e-4));
 t.x+=water*(.005*sin(T*.6+tc.y*7.)+.003*voice*sin(tc.y*44.-T*5.))*smoothstep(.45,.95,tc.y);
 if(flip<0.)t.x+=.02*sin(tc.y*38.+T*1.3)*(1.-tc.y*.6);
 float wash=smoothstep(.2,1.,unravel)*water;
 if(wash>0.){float s=texture(N,vec2(t.x*2.3,.3)).g*.6+texture(N,vec2(t.x*6.1,.7)).r*.4;t.y+=wash*wash*(s-.25)*.3*t.y;}
 vec4 m=texture(A,t);
 float far=around(A,t,vec2(.010,.006),2.5).a,wide=around(A,t,vec2(.030,.018),4.).a;
 float sharp=smoothstep(.0,.3,near),a=mix(smoothstep(.12,.9,far)*.94,m.a,sharp);
 if(max(a,wide*water)<.004)discard;
 vec3 alb=pow(m.rgb/max(m.a,.02),vec3(3.));
 vec4 d=texture(D,t);vec3 n=vec3(d.xy/max(d.a,.02)*2.-1.,0.);n.z=sqrt(max(0.,1.-dot(n.xy,n.xy)));
 float k=pow(clamp(dot(n,L.xyz)*.62+.38,0.,1.),1.6),edge=pow(1.-n.z,1.7)*smoothstep(-.1,.9,dot(n.xy,L2.xy));
 float warm=pow(clamp(dot(n,normalize(vec3(L2.zw,.55)))*.6+.4,0.,1.),2.);
 vec3 lit=alb*(FILL*(1.25-.45*n.y)+KEY*k*L.w+STAR*.30*pow(max(0.,n.y),1.5)*water+vec3(1.1,.62,.28)*warm*.34*(1.-water));
 lit+=(KEY*.75+LOW*.3)*edge*(.25+alb*1.6)*length(L2.xy);
 float shown=mix(1.,smoothstep(.18,.95,near),water);
 vec3 dark=FILL*.06+LOW*.03*tc.y+(KEY*.8+LOW*.35)*smoothstep(.97,.35,far)*m.a*smoothstep(.95,.6,tc.y);
 vec3 c=mix(dark,lit+(KEY*.5)*smoothstep(.97,.4,far)*m.a*water*smoothstep(.95,.6,tc.y),shown);
 vec4 s=texture(S,t);
 float told=smoothstep(s.b-.02,s.b+.02,reveal*1.05),pulse=.62+.38*sin(T*1.9-s.b*9.);
 c=mix(c,c*1.5+alb*KEY*.4+.07,s.r*.85*told*(1.-step(.01,s.g)));
 c+=mix(vec3(1.7,.82,.30),KEY,.25)*s.g*s.g*told*pulse*1.15+vec3(1.6,1.2,.7)*s.r*step(.3,s.g)*told*(.5+.5*pulse);
 a*=smoothstep(0.,max(ends.x,.001),tc.x)*smoothstep(0.,max(ends.y,.001),1.-tc.x)*smoothstep(0.,max(ends.z,.001),1.-tc.y);
 if(water>0.){float hem=tc.y+.012*sin(tc.x*34.+T*.9)+.05*(texture(N,vec2(tc.x*2.3,T*.02)).g-.5);a*=1.-smoothstep(.88,.945,hem)*.96;c+=(STAR*.22+LOW*.12)*smoothstep(.80,.93,hem)*m.a*(.55+.45*sin(T*1.1+tc.x*23.))*(.08+alb*3.);}
 if(flip<0.){a*=.55*smoothstep(.25,1.,tc.y);c=mix(c*.4,DEEP,.4);}
 a*=1.-smoothstep(.62,1.2,unravel+.5*texture(N,vec2(t.x*2.,t.y*.35)).g*unravel*(.4+t.y))*water;
 float halo=smoothstep(.02,.9,wide)*(1.-m.a)*smoothstep(.85,.4,tc.y)*(1.-smoothstep(.3,.75,unravel))*step(0.,flip)*water;
 float ring=.5+.5*sin(length((tc-vec2(.46,.2))*vec2(.63,1.))*70.-T*3.4);
 vec3 g=(LOW*.5+SUN*.12)*halo*(.30+.5*voice*ring);
 o=vec4(show(c)*a+show(g)*(1.-a)*.6,a);}

//# JAR CAST_V : Old glass, and what was screamed into it: light that hums, and goes out as mist.
in vec2 tc;out vec4 o;uniform float hum,gone;uniform vec3 O[15]; // its outline: how far down, and how wide there
float w(float y){float k=0.;for(int i=1;i<15;i++)if(y>=O[i-1].x&&y<O[i].x)k=mix(O[i-1].y,O[i].y,(y-O[i-1].x)/(O[i].x-O[i-1].x));return k;}
void main(){vec2 u=tc;
 float shiver=hum*(1.-gone)*.0022*sin(u.y*90.-T*17.);float wide=(w(u.y-.007)+w(u.y)+w(u.y+.007))/3.;
 float x=(u.x+shiver-.5)*.8,ma=wide-abs(x);ma=clamp(ma/max(fwidth(ma),1e-5)+.5,0.,1.)*step(1e-3,wide);
 float nx=clamp(x/max(wide,1e-3),-1.,1.),in_=sqrt(1.-nx*nx*nx*nx*.98)*smoothstep(.26,.36,u.y)*smoothstep(.955,.9,u.y);
 float side=sqrt(1.-nx*nx),e=abs(nx),th=asin(nx),pleat=sin(th*8.+sin(th*5.+1.)*1.6),y=u.y-.012*side,lid=smoothstep(.003,-.003,y-.157-.006*pleat); // a cloth over its mouth
 vec2 q=vec2((u.x-.5)*1.25,u.y);
 float rise=gone*1.5;
 float w1=texture(N,q*vec2(.55,.42)+vec2(T*.010,T*.021+rise*.1)).g;
 float w2=texture(N,q*vec2(.9,.7)+vec2(w1*.55-T*.013,T*.034)).g;
 float w3=texture(N,q*vec2(1.7,1.3)+vec2(w2*.5,-T*.05)).g;
 float cry=pow(1.-abs(w2*2.-1.),14.)*1.1+pow(1.-abs(w3*2.-1.),22.)*.9;
 float beat=.72+.28*sin(T*4.4+w1*8.)*hum;
 float heart=exp(-dot((q-vec2(0.,.62))*vec2(2.6,2.1),(q-vec2(0.,.62))*vec2(2.6,2.1)));
 float dim=1.-.62*breath;  // by day its light is the lesser one
 vec3 caught=mix(KEY,vec3(1.5,1.15,.75),.35)*dim;
 vec3 c=caught*in_*(cry*cry*(.25+heart*1.5)+heart*heart*.5+w1*w1*w1*.3)*beat*(.35+.65*hum)*(1.-smoothstep(.15,.8,gone))*.52;
 vec3 glass=(FILL*.30+KEY*.05)*(.25+e*e*e*1.1)+LOW*(pow(e,12.)*1.1+.45*exp(-pow((e-.91)*30.,2.)))*dim;
 vec3 gleam=(SUN*.5+.2)*mix(1.,.45,breath);
 glass+=gleam*(smoothstep(.075,.0,abs(nx+.66+.05*sin(u.y*9.)))*.8*smoothstep(.82,.6,u.y)+smoothstep(.02,.0,abs(nx-.74))*.7+.5*smoothstep(.03,.0,abs(nx+.5))*smoothstep(.5,.4,u.y))*smoothstep(.26,.34,u.y)*smoothstep(.93,.80,u.y);
 glass+=gleam*(.6*exp(-pow((u.y-.895-.045*side)*80.,2.))*side+.35*exp(-pow((u.y-.895+.03*side)*60.,2.))*side+.9*exp(-pow((y-.183)*190.,2.))*(.3+e)+.4*exp(-pow((y-.225)*110.,2.))*e); // its thick foot, its lip
 float body=ma*(1.-lid);
 float melt=smoothstep(.35,.95,gone+.35*(w1-.5)+.22*(u.y-.5));
 float tied=y-.121,hang=smoothstep(.0,.035,tied),weave=texture(N,vec2(th*.5,u.y*2.6)).r;
 vec3 cloth=vec3(.30,.20,.14)*(.45+.8*weave)*(FILL*1.1+KEY*(.34-.24*nx))*(.18+1.1*side)*(1.+.55*pleat*hang+.16*sin(th*17.)*smoothstep(.05,.11,y))*mix(1.9,1.,smoothstep(.035,.062,y));
 cloth+=vec3(.30,.17,.10)*caught*hang*(.5+.3*pleat)*side*smoothstep(.125,.16,y);
 cloth*=1.-.7*exp(-pow((tied-.008)*95.,2.));
 cloth=mix(cloth,vec3(.55,.42,.26)*(FILL+KEY*.4)*(.2+side)*(.5+.5*sin(th*70.+tied*600.)),smoothstep(.0075,.005,abs(tied)));
 float a=body*(.42+.45*pow(abs(nx),3.))*(1.-melt);
 vec3 sum=show((glass*body+c)*(1.-melt*.9))*ma*(1.-lid);
 float top=lid*ma*(1.-melt);
 float cloud=smoothstep(.0,.5,gone)*(1.-smoothstep(.72,1.,gone))*smoothstep(.42,.85,w2+w1*.5)*exp(-pow((u.x-.5)*3.6,2.))*smoothstep(1.,.2,u.y+.1)*.9;
 float glow=exp(-pow(length((u-vec2(.5,.6))*vec2(1.5,1.15))*2.1,2.))*(.06+.16*hum*beat)*(1.-smoothstep(.3,.9,gone));
 vec3 mist=show(mix(LOW,KEY,.5)*.8)*cloud+show(caught*glow*.8);
 vec2 rim=smoothstep(vec2(0.),vec2(.12),u)*smoothstep(vec2(0.),vec2(.12),1.-u);
 o=vec4((sum+show(cloth)*top)+mist*rim.x*rim.y,clamp(a+top,0.,1.));}

//# ROOM SHEET_V : Walls at first light; the window is left open to the sky.
in vec2 tc;out vec4 o;
void main(){vec4 t=texture(A,tc);if(t.a<.004)discard;vec3 a=t.rgb/t.a;
 vec2 p=(tc*R-W.xy)/W.z,q=p-vec2(42.,-195.);float r=length(q),worn=texture(N,p*vec2(.0011,.006)).g;
 a+=vec3(.47,.27,0.)*exp(-r*r/90000.)+vec3(.23,.35,.08)*exp(-r*r/26000.);a.r*=.72+.56*worn;
 vec3 c=mix(TOP*.55+FILL*.05,MID*.8+FILL*.35,clamp(a.r,0.,1.))+LOW*a.g*a.g*.9+(KEY*.55+SUN*.12)*a.b*a.b;
 o=vec4(show(c)*t.a,t.a);}

//# DUST_V : Dust that the light finds.
out float al;out vec3 cc;
float h1(float n){return fract(sin(n*12.9898)*43758.5453);}
void main(){float k=float(gl_VertexID)+1.;float s=mix(.3,1.,h1(k));vec2 p=vec2(h1(k+.3)*2.-1.,fract(h1(k+.7)-T*.008*(.4+s)));
 p=vec2(p.x*520.*s+26.*sin(T*.21+k),mix(-330.,390.,p.y)+14.*cos(T*.17+k*2.));
 gl_PointSize=(1.3+2.6*s*s+7.*step(.93,h1(k+2.)))*V.z;al=(.20+.5*s)*(.5+.5*sin(T*.9+k*3.))*exp(-length(p)/620.);
 cc=mix(KEY,SUN,.4);gl_Position=on(V.xy+p*V.z);}

//# DUST DUST_V
in float al;in vec3 cc;out vec4 o;void main(){vec2 q=gl_PointCoord*2.-1.;o=vec4(show(cc*exp(-dot(q,q)*4.5)*al*.8),0.);}

//# MOTH_V : The books, once they are moths.
layout(location=0) in vec2 from;layout(location=1) in vec2 own;out vec2 uv;out float al,lit,flap;
void main(){vec2 q=vec2(gl_VertexID&1,gl_VertexID>>1)*2.-1.;float r=own.x,s=own.y;
 float wait=r*.55;float u=clamp((unravel-wait*.8)/.55,0.,1.);
 float go=fract(r*7.3+T*(.020+.022*s));float w=u*mix(go,1.,.0);
 vec2 to=vec2(14.,-70.)+vec2(cos(r*40.),sin(r*57.))*vec2(120.,95.)*(1.-go*.5);
 vec2 p=mix(from,to,smoothstep(0.,1.,w));
 vec2 turn=vec2(sin(w*9.+r*30.+T*.55),cos(w*7.+r*50.+T*.48));p+=turn*mix(30.,90.,s)*u*(1.-.5*w);
 float near=mix(1.,.36,w)*mix(.55,1.5,s*s)*(s>.94?2.4:1.);
 float size=17.*near*smoothstep(0.,.25,u);
 vec2 v=(to-from)*.4+vec2(cos(w*9.+r*30.+T*.55)*90.,-sin(w*7.+r*50.+T*.48)*90.);float a=atan(v.x,-v.y)+.35*sin(T*2.+r*20.);
 flap=.30+.70*abs(sin(T*(5.+3.*r)+r*40.));
 vec2 c=q*size*vec2(1.12,1.);c=vec2(c.x*cos(a)-c.y*sin(a),c.x*sin(a)+c.y*cos(a));
 uv=q;al=smoothstep(0.,.2,u)*smoothstep(0.,.08,go)*(1.-smoothstep(.86,1.,go));lit=exp(-length(p-vec2(14.,-60.))/260.);
 gl_Position=on(V.xy+(p+c)*V.z);}

//# MOTH MOTH_V
in vec2 uv;in float al,lit,flap;out vec4 o;
void main(){vec2 t=vec2(uv.x/flap,uv.y);if(abs(t.x)>1.)discard;vec4 m=texture(A,t*.5+.5);if(m.a<.01)discard;
 vec3 alb=pow(m.rgb/m.a,vec3(1.6));vec3 c=alb*(FILL*1.5+KEY*(.55+.9*lit)+vec3(.95,.55,.22)*.35)*(.6+.4*flap);
 o=vec4(show(c)*m.a*al,m.a*al);}

//# AIR WHOLE : The air between: light that spills from the arch, mist on the water, and the dark at the edges.
out vec4 o;
void main(){vec2 p=(vec2(gl_FragCoord.x,V.w-gl_FragCoord.y)-V.xy)/V.z;vec2 q=p-vec2(10.,-70.);float r=length(q),a=atan(q.y,q.x);
 float ray=texture(N,vec2(a*.32,T*.004)).g*texture(N,vec2(a*.9+.3,.5-T*.006)).g;
 float m=texture(N,vec2(p.x*.0016+T*.006,p.y*.006)).g;
 vec3 c=KEY*(exp(-r/170.)*.10+ray*exp(-r/240.)*.34*smoothstep(40.,190.,r))*F.z;
 c+=mix(LOW,FILL,.4)*m*m*exp(-abs(p.y-30.)/34.-max(abs(p.x)-120.,0.)/70.)*.22*F.z*(1.+1.4*unravel);
 c+=LOW*unravel*unravel*exp(-r/300.)*.16;
 vec2 e=gl_FragCoord.xy/R*2.-1.;float dark=smoothstep(.55,1.75,length(e*vec2(.95,1.05)))*(.52+.3*ache)+.10*ache;
 float g=(hash(gl_FragCoord.xy+fract(T))-.5)*.016;
 o=vec4(max(show(c)*(1.-dark*.6)+g*.6,0.),dark);}
